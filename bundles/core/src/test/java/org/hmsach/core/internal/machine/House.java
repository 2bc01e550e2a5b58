package org.hmsach.core.internal.machine;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.order.OrderType;
import org.hmsach.api.order.Side;
import org.hmsach.api.order.TimeInForce;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;

/** An organisation to test with: alice and bob with 1,000.00 each, ACME at a crossing venue, BETA at a street one. */
final class House {
    static final UUID PERSON = new UUID(1, 1);
    static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    static final long ONE = Scale8.ONE;

    final Journal journal = Journal.named();
    final Names names = new Names();
    final UUID alice;
    final UUID bob;
    final long crossing;
    private int causes;

    House() {
        define("ACME", "crossing");
        define("BETA", "street");
        journal.accepted(new Commands.OpenVenue("street", false));
        journal.accepted(new Commands.OpenVenue("crossing", true));
        crossing = journal.machine().entry();
        journal.accepted(new Commands.OpenBusinessDate(MONDAY, MONDAY.plusDays(1)));
        alice = account("alice");
        bob = account("bob");
    }

    private void define(String symbol, String venue) {
        journal.accepted(new Commands.DefineInstrument(
                new Instrument(symbol, Currency.USD, 1_000_000, ONE, InstrumentStatus.ACTIVE, venue)));
    }

    UUID account(String name) {
        UUID account = names.name(name, journal.accepted(new Commands.OpenAccount(Currency.USD)));
        journal.accepted(new Commands.GrantAccess(PERSON, account, Role.INVESTOR));
        deposit(account, 1_000_00);
        return account;
    }

    void deposit(UUID account, long minor) {
        UUID transfer = journal.accepted(
                new Commands.RequestTransfer(account, Direction.INCOMING, new Money(Currency.USD, minor), "operator"));
        journal.accepted(update(transfer, TransferState.PENDING));
        journal.accepted(update(transfer, TransferState.COMPLETE));
    }

    static Command update(UUID transfer, TransferState state) {
        return new Commands.UpdateTransfer(Optional.empty(), transfer, state, "");
    }

    OrderRequest limit(UUID account, Side side, String symbol, long shares, String price) {
        String id = "c" + (journal.machine().entry() + 1);
        OptionalLong limit = OptionalLong.of(Scale8.parse(price));
        return new OrderRequest(account, id, symbol, side, OrderType.LIMIT, TimeInForce.DAY, shares * ONE, limit);
    }

    static OrderRequest with(OrderRequest r, TimeInForce timeInForce) {
        return new OrderRequest(
                r.account(),
                r.clientOrderId(),
                r.symbol(),
                r.side(),
                r.type(),
                timeInForce,
                r.qtyE8(),
                r.limitPriceE8());
    }

    static OrderRequest market(OrderRequest r) {
        return new OrderRequest(
                r.account(),
                r.clientOrderId(),
                r.symbol(),
                r.side(),
                OrderType.MARKET,
                r.timeInForce(),
                r.qtyE8(),
                OptionalLong.empty());
    }

    static Commands.PlaceOrder place(OrderRequest r, long feeMinor) {
        Optional<ReferencePrice> reference = Optional.of(new ReferencePrice(10 * ONE, "feed", 1));
        long reserve = r.limitPriceE8().orElse(Scale8.parse("10.50"));
        return new Commands.PlaceOrder(r, r.hashCode(), reference, reserve, feeMinor, List.of());
    }

    Answer send(OrderRequest r) {
        return journal.as(PERSON, place(r, 0));
    }

    /** Places an order that must stand, and names it. */
    UUID order(String name, OrderRequest r) {
        UUID id = names.name(name, send(r).subject().get());
        return id;
    }

    UUID buy(String name, UUID account, long shares, String price) {
        return order(name, limit(account, Side.BUY, "ACME", shares, price));
    }

    UUID sell(String name, UUID account, long shares, String price) {
        return order(name, limit(account, Side.SELL, "ACME", shares, price));
    }

    /** Gives an account shares of BETA or ACME by a fill on the street, and forgets what was said. */
    void holds(UUID account, String symbol, long shares, String price) {
        journal.accepted(new Commands.OpenVenue("crossing", false));
        UUID id =
                send(limit(account, Side.BUY, symbol, shares, price)).subject().get();
        String venue = symbol.equals("ACME") ? "crossing" : "street";
        journal.accepted(
                new Commands.ReportFill(cause(), venue, 0, "h" + causes, id, shares * ONE, Scale8.parse(price)));
        journal.accepted(new Commands.OpenVenue("crossing", true));
    }

    Cause cause() {
        return new Cause("mfe.exec", journal.machine().entry(), causes++);
    }

    Answer trade(UUID taker, UUID maker, long shares, String price) {
        return journal.send(new Commands.ReportTrade(
                cause(),
                "crossing",
                journal.incarnations.get("crossing"),
                "x" + causes,
                taker,
                maker,
                shares * ONE,
                Scale8.parse(price)));
    }

    Answer fill(UUID order, long shares, String price) {
        return journal.send(
                new Commands.ReportFill(cause(), "street", 0, "f" + causes, order, shares * ONE, Scale8.parse(price)));
    }

    Answer report(UUID order, Commands.VenueAnswer answer) {
        String venue = journal.machine().order(order).get().venue();
        return journal.send(
                new Commands.ReportOrder(cause(), venue, journal.incarnations.get(venue), order, answer, ""));
    }

    Answer replace(UUID order, OptionalLong shares, String price) {
        OptionalLong limit = price.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Scale8.parse(price));
        OptionalLong qty = shares.isPresent() ? OptionalLong.of(shares.getAsLong() * ONE) : shares;
        String id = "c" + (journal.machine().entry() + 1);
        return journal.as(
                PERSON,
                new Commands.ReplaceOrder(
                        order, id, id.hashCode(), qty, limit, Optional.empty(), Optional.empty(), 0, List.of()));
    }

    Answer cancel(UUID order) {
        return journal.as(PERSON, new Commands.CancelOrder(order));
    }

    Account account(UUID id) {
        return journal.machine().account(id).get();
    }

    void then(String... expected) {
        journal.then(names, expected);
    }

    void forget() {
        journal.tape.clear();
    }
}
