package org.hmsach.api.command;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.Limits;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;

/**
 * All commands that the core knows, by family. Every one can be refused; none can throw.
 *
 * <p>Numbers: minor units and scale 8 as the names say. Lists hold at most 1,000 elements.
 */
public final class Commands {
    private Commands() {}

    // ---- orders -------------------------------------------------------------------------------------------------

    /**
     * A new order, checked and priced by intake.
     *
     * @param request          what was asked for
     * @param bodyHash         first 64 bits of SHA-256 over the client-given fields, for idempotency
     * @param reference        price it is judged by
     * @param reserveLimitE8   price per unit to reserve for a buy, scale 8: the limit, or reference x (1 + collar)
     * @param feeEstimateMinor fee to reserve with it, minor units, at least 0
     * @param verdicts         answers of the checks before the door
     */
    public record PlaceOrder(
            OrderRequest request,
            long bodyHash,
            Optional<ReferencePrice> reference,
            long reserveLimitE8,
            long feeEstimateMinor,
            List<Verdict> verdicts)
            implements Command {
        public PlaceOrder {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** A request to cancel; the venue's answer ends the order. */
    public record CancelOrder(UUID order) implements Command {}

    /**
     * A request to replace; terms that stay empty keep their value.
     *
     * @param order            the order to replace
     * @param clientOrderId    client order id of the replacing order
     * @param bodyHash         as in {@link PlaceOrder}
     * @param qtyE8            new total quantity including what is filled, scale 8
     * @param limitPriceE8     new limit price, scale 8
     * @param timeInForce      new time in force
     * @param reference        price it is judged by
     * @param feeEstimateMinor fee to reserve, minor units
     * @param verdicts         answers of the checks before the door
     */
    public record ReplaceOrder(
            UUID order,
            String clientOrderId,
            long bodyHash,
            OptionalLong qtyE8,
            OptionalLong limitPriceE8,
            Optional<TimeInForce> timeInForce,
            Optional<ReferencePrice> reference,
            long feeEstimateMinor,
            List<Verdict> verdicts)
            implements Command {
        public ReplaceOrder {
            verdicts = List.copyOf(verdicts);
        }
    }

    // ---- reports of mfe.exec ------------------------------------------------------------------------------------

    /**
     * Opens a venue: the entry number of this command is its new incarnation, and the open orders as of that entry
     * follow on the tape in priority order.
     *
     * @param venue    name of the venue
     * @param internal whether its book is derived (fills of older incarnations are refused) or its executions are facts
     */
    public record OpenVenue(String venue, boolean internal) implements Command {}

    /**
     * One side filled, at an EXTERNAL venue or at {@code paper}.
     *
     * @param cause       what the module answers to; the de-duplication is by (venue, execId)
     * @param venue       where
     * @param incarnation entry number of the venue's opening
     * @param execId      unique at the venue, 1 to 64 printable ASCII characters
     * @param order       the order
     * @param qtyE8       scale 8, above 0
     * @param priceE8     scale 8, above 0
     */
    public record ReportFill(
            Cause cause, String venue, long incarnation, String execId, UUID order, long qtyE8, long priceE8)
            implements Command {}

    /**
     * Both sides of a trade at an INTERNAL venue, booked together or refused together.
     *
     * @param cause       what the module answers to
     * @param venue       where
     * @param incarnation entry number of the venue's opening
     * @param execId      unique within the incarnation
     * @param taker       the order that came in
     * @param maker       the order that rested
     * @param qtyE8       scale 8, above 0
     * @param priceE8     the maker's price, scale 8
     */
    public record ReportTrade(
            Cause cause,
            String venue,
            long incarnation,
            String execId,
            UUID taker,
            UUID maker,
            long qtyE8,
            long priceE8)
            implements Command {}

    /** What a venue can answer other than a fill. */
    public enum VenueAnswer {
        /** The order is out of the book: canceled, or its ioc, fok or market rest was. */
        CANCELED,
        /** The venue took it out at the end of its life. */
        EXPIRED,
        /** The venue does not take the order. */
        REJECTED,
        /** The replacement stands. */
        REPLACED,
        /** Too late to cancel. */
        CANCEL_REJECTED,
        /** Too late to replace, or terms not taken. */
        REPLACE_REJECTED
    }

    /**
     * A venue's answer about an order.
     *
     * @param cause       what the module answers to
     * @param venue       where
     * @param incarnation entry number of the venue's opening
     * @param order       the order (of REPLACED and REPLACE_REJECTED: the old one)
     * @param answer      what the venue said
     * @param detail      why, at most 200 characters; may be empty
     */
    public record ReportOrder(
            Cause cause, String venue, long incarnation, UUID order, VenueAnswer answer, String detail)
            implements Command {}

    // ---- books --------------------------------------------------------------------------------------------------

    /**
     * A fee; never refused for lack of cash, since its estimate was reserved with the order.
     *
     * @param cause       what the module answers to
     * @param order       the order it belongs to
     * @param execId      the execution it belongs to
     * @param amountMinor minor units of the account's currency, above 0
     * @param kind        name of the fee, e.g. {@code "commission"}, at most 32 characters
     */
    public record BookFee(Cause cause, UUID order, String execId, long amountMinor, String kind) implements Command {}

    /** Settles what is due on or before the date, at most {@code max} obligations; the event says how many are left. */
    public record Settle(Cause cause, LocalDate upTo, int max) implements Command {}

    /** One price for valuing positions. */
    public record Mark(String symbol, ReferencePrice price) {}

    /** Journals the prices used for valuing; {@code closing} ones also set each account's last-day equity. */
    public record RecordMarks(Cause cause, List<Mark> marks, boolean closing) implements Command {
        public RecordMarks {
            marks = List.copyOf(marks);
        }
    }

    /**
     * Opens the next business date; it must be after the last one.
     *
     * @param date       the date
     * @param settleDate when trades of that date settle (T+1 by the calendar), after {@code date}
     */
    public record OpenBusinessDate(LocalDate date, LocalDate settleDate) implements Command {}

    /** Closes the session of the open business date: day orders expire. */
    public record CloseSession(LocalDate date) implements Command {}

    // ---- transfers ----------------------------------------------------------------------------------------------

    /** A new transfer; an outgoing amount is held at once. Idempotent by the origin's key. */
    public record RequestTransfer(UUID account, Direction direction, Money amount, String rail) implements Command {}

    /** The next state of a transfer. {@code cause} is empty when a person decided. Detail at most 200 characters. */
    public record UpdateTransfer(Optional<Cause> cause, UUID transfer, TransferState state, String detail)
            implements Command {}

    // ---- master data and rules ----------------------------------------------------------------------------------

    /** A new account with no cash. Idempotent by the origin's key. */
    public record OpenAccount(Currency currency) implements Command {}

    /** The person may act on the account: INVESTOR and TRADER trade and read, OPERATOR and COMPLIANCE read. */
    public record GrantAccess(UUID principal, UUID account, Role role) implements Command {}

    /** Takes back what {@link GrantAccess} gave. */
    public record RevokeAccess(UUID principal, UUID account) implements Command {}

    /** An API key or session id is void from now on. 1 to 64 printable ASCII characters. */
    public record RevokeKey(String keyId) implements Command {}

    /** Defines an instrument or changes it. */
    public record DefineInstrument(Instrument instrument) implements Command {}

    /** Halts, resumes or retires an instrument. */
    public record SetInstrumentStatus(String symbol, InstrumentStatus status) implements Command {}

    /** Limits of one account, or (empty) of all accounts without their own. */
    public record SetLimits(Optional<UUID> account, Limits limits) implements Command {}

    /** Puts a symbol on the restricted list, of one account or (empty) of all, or takes it off. */
    public record SetRestriction(Optional<UUID> account, String symbol, boolean restricted) implements Command {}

    /** Kill switch of one account or (empty) of the organisation: new orders and replaces are refused while on. */
    public record SetKillSwitch(Optional<UUID> account, boolean on) implements Command {}

    /** The rules that every order must have an allow-verdict of. An empty list needs {@code allowEmpty}. */
    public record SetRequiredRules(List<String> rules, boolean allowEmpty) implements Command {
        public SetRequiredRules {
            rules = List.copyOf(rules);
        }
    }

    /** A policy version is active from now on. */
    public record ActivatePolicy(PolicyVersion policy) implements Command {}

    // ---- module bookkeeping -------------------------------------------------------------------------------------

    /** The module has finished all causes up to and including {@code entry}: its bookmark. Never moves back. */
    public record Progress(String module, long entry) implements Command {}

    /**
     * Behave by the version from now on. Stands in old logs only, from code that knew version 1: above it, it is
     * refused. The core activates the newest version that it knows when it starts.
     */
    public record ActivateMachineVersion(int version) implements Command {}

    /** Free text pairs for a person's note on the tape, at most 16 pairs of 64 and 200 characters. */
    public record RecordNote(String topic, Map<String, String> values) implements Command {
        public RecordNote {
            values = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(values));
        }
    }
}
