package org.hmsach.api.tape;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Cause;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.money.Currency;
import org.hmsach.api.order.Execution;
import org.hmsach.api.order.Order;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Transfer;

/** All kinds of events, as plain records. */
public final class Events {
    private Events() {}

    /** What happened to an order. Lower-case names are the dialect's {@code trade_updates} events. */
    public enum OrderEventKind {
        NEW,
        REJECTED,
        FILL,
        PARTIAL_FILL,
        PENDING_CANCEL,
        PENDING_REPLACE,
        CANCELED,
        EXPIRED,
        REPLACED,
        ORDER_CANCEL_REJECTED,
        ORDER_REPLACE_REJECTED,
        /** The order is open while its venue opens anew; follows {@link VenueOpened}, in priority order. */
        RESUMED
    }

    /**
     * Something happened to an order.
     *
     * @param header    number and origin
     * @param kind      what
     * @param order     the order after it. Of REPLACED: the old order (the replacing one follows as NEW)
     * @param execution the fill, for FILL and PARTIAL_FILL
     * @param verdicts  what the rules said, for NEW, REJECTED and PENDING_REPLACE; machine rules included
     * @param detail    the venue's words or why a request was refused; may be empty
     */
    public record OrderEvent(
            EventHeader header,
            OrderEventKind kind,
            Order order,
            Optional<Execution> execution,
            List<Verdict> verdicts,
            String detail)
            implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onOrder(this);
        }
    }

    /**
     * A trade print of a venue, once per trade.
     *
     * @param symbol  the instrument
     * @param qtyE8   scale 8
     * @param priceE8 scale 8
     */
    public record TradePrinted(EventHeader header, String venue, String symbol, long qtyE8, long priceE8)
            implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onTrade(this);
        }
    }

    /** What a posting is for. */
    public enum PostingKind {
        TRADE,
        FEE,
        SETTLEMENT,
        TRANSFER,
        TRANSFER_RETURN,
        BREAK
    }

    /**
     * One leg of a posting.
     *
     * @param ledgerAccount {@code "cash.settled"}, {@code "cash.unsettled"}, {@code "position.settled"},
     *                      {@code "position.unsettled"} of a customer, or a house account such as {@code
     * "house.street"},
     *                      {@code "house.fees"}, {@code "house.bank"}, {@code "house.custody"}, {@code "house.break"}
     * @param account       the customer's account; empty for house accounts
     * @param asset         currency code or symbol
     * @param amount        minor units of the currency, or scale 8 quantity of the instrument; signed
     */
    public record Leg(String ledgerAccount, Optional<UUID> account, String asset, long amount) {}

    /**
     * A balanced posting: the legs add up to zero per asset.
     *
     * @param kind    what for
     * @param subject the order, transfer or account it is about
     * @param detail  e.g. the fee's kind or the execution id
     */
    public record Posted(EventHeader header, PostingKind kind, UUID subject, String detail, List<Leg> legs)
            implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onPosting(this);
        }
    }

    /** An account was opened. */
    public record AccountOpened(EventHeader header, UUID account, Currency currency) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onAccount(this);
        }
    }

    /** Access of a person to an account changed; {@code role} is empty when it was taken back. */
    public record AccessChanged(EventHeader header, UUID principal, UUID account, Optional<Role> role)
            implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onAccess(this);
        }
    }

    /** A key is void. */
    public record KeyRevoked(EventHeader header, String keyId) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onKeyRevoked(this);
        }
    }

    /** An instrument was defined or changed. */
    public record InstrumentChanged(EventHeader header, Instrument instrument) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onInstrument(this);
        }
    }

    /** Limits of an account or (empty) of all changed. */
    public record LimitsChanged(EventHeader header, Optional<UUID> account, Limits limits) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onLimits(this);
        }
    }

    /** The restricted list changed. */
    public record RestrictionChanged(EventHeader header, Optional<UUID> account, String symbol, boolean restricted)
            implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onRestriction(this);
        }
    }

    /** A kill switch changed. */
    public record KillSwitchChanged(EventHeader header, Optional<UUID> account, boolean on) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onKillSwitch(this);
        }
    }

    /** The list of required rules changed. */
    public record RequiredRulesChanged(EventHeader header, List<String> rules) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onRequiredRules(this);
        }
    }

    /** A policy version is active. */
    public record PolicyActivated(EventHeader header, PolicyVersion policy) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onPolicy(this);
        }
    }

    /** A business date was opened ({@code open}) or its session closed. */
    public record SessionChanged(EventHeader header, LocalDate date, boolean open) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onSession(this);
        }
    }

    /**
     * A venue was opened: the entry number in the header is its incarnation. RESUMED orders follow, then {@link
     * VenueReady}.
     */
    public record VenueOpened(EventHeader header, String venue, boolean internal) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onVenueOpened(this);
        }
    }

    /** All open orders of the venue's opening have been told. */
    public record VenueReady(EventHeader header, String venue, long incarnation, int openOrders) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onVenueReady(this);
        }
    }

    /** Obligations were settled; {@code remaining} due ones are left for the next command. */
    public record Settled(EventHeader header, LocalDate upTo, int settled, int remaining) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onSettled(this);
        }
    }

    /** A price for valuing was journalled. */
    public record Marked(EventHeader header, String symbol, ReferencePrice price, boolean closing)
            implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onMark(this);
        }
    }

    /** A transfer was made or changed. */
    public record TransferChanged(EventHeader header, Transfer transfer) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onTransfer(this);
        }
    }

    /** A command other than an order was refused; {@code cause} names the module's cause where there was one. */
    public record CommandRefused(EventHeader header, String command, Optional<Cause> cause, Refused refusal)
            implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onRefused(this);
        }
    }

    /** A module's bookmark moved. */
    public record Progressed(EventHeader header, String module, long entry) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onProgress(this);
        }
    }

    /** The machine behaves by this version from now on. */
    public record MachineVersionActivated(EventHeader header, int version) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onMachineVersion(this);
        }
    }

    /** A note was journalled. */
    public record Noted(EventHeader header, String topic, Map<String, String> values) implements TapeEvent {
        @Override
        public void deliver(TapeListener listener) {
            listener.onNote(this);
        }
    }
}
