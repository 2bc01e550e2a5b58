package org.hmsach.core.internal.machine;

import java.util.UUID;
import java.util.function.Consumer;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.HmsId;
import org.hmsach.core.internal.codec.Row;
import org.hmsach.core.internal.codec.Rows;

/** The state as rows and back, in an order that depends on nothing but the state. */
final class Snapshots {
    private final State state;

    Snapshots(State state) {
        this.state = state;
    }

    void save(Consumer<Row> rows) {
        rows.accept(machineRow());
        state.rules.save(rows);
        for (AccountState a : state.accounts.all()) {
            rows.accept(new Rows.Account(
                    a.entry,
                    a.currency,
                    a.settledMinor,
                    a.unsettledMinor,
                    a.reservedMinor,
                    a.heldMinor,
                    a.createdMs,
                    a.lastDayEquityMinor));
            for (Position p : a.positions()) {
                rows.accept(new Rows.Position(
                        a.entry,
                        p.symbol(),
                        p.qtyE8(),
                        p.settledE8(),
                        p.reservedE8(),
                        p.totalCostMinor(),
                        p.realisedMinor()));
            }
            a.recent.forEach(rows::accept);
        }
        state.orders.all().forEach(order -> rows.accept(orderRow(order)));
        state.transfers.all().forEach(t -> rows.accept(new Rows.TransferRow(t)));
        state.obligations.save(rows::accept);
        state.ledger.save(rows::accept);
        state.venues.save(rows);
        state.modules.save(rows);
        state.keys.save(rows::accept);
    }

    private Rows.Machine machineRow() {
        BusinessTime time = state.time;
        return new Rows.Machine(
                state.clusterId,
                state.version,
                time.entry(),
                time.timeMs(),
                time.date(),
                time.settleDate(),
                time.sessionOpen(),
                time.dayNumber(),
                state.orders.nextPriority(),
                state.obligations.nextNumber(),
                state.rules.requiredRulesSet);
    }

    private static Rows.OrderRow orderRow(OrderEntry o) {
        return new Rows.OrderRow(
                o.view(),
                o.bodyHash,
                o.reserveLimitE8,
                o.feeEstimateMinor,
                o.feeReservedMinor,
                o.feeBookedMinor,
                o.lastFillEntry,
                o.closedDayNumber,
                o.replacementBodyHash,
                o.replacementReserveLimitE8,
                o.replacementFeeMinor);
    }

    void load(Row row) {
        if (row instanceof Rows.Machine r) {
            loadMachine(r);
        } else if (row instanceof Rows.Setting r) {
            loadSetting(r.command());
        } else if (row instanceof Rows.Mark r) {
            state.rules.marks.put(r.symbol(), r.price());
        } else if (row instanceof Rows.Account r) {
            loadAccount(r);
        } else if (row instanceof Rows.Position r) {
            loadPosition(r);
        } else if (row instanceof Rows.Recent r) {
            state.accounts.get(r.accountEntry()).recent.add(r);
        } else if (row instanceof Rows.OrderRow r) {
            loadOrder(r);
        } else if (row instanceof Rows.TransferRow r) {
            state.transfers.put(r.transfer());
        } else {
            loadLedger(row);
        }
    }

    private void loadLedger(Row row) {
        if (row instanceof Rows.Obligation r) {
            state.obligations.add(r);
        } else if (row instanceof Rows.House r) {
            state.ledger.load(r);
        } else if (row instanceof Rows.Venue r) {
            state.venues.open(r.venue(), r.internal(), r.incarnation());
        } else if (row instanceof Rows.Execution r) {
            state.venues.load(r);
        } else if (row instanceof Rows.CauseTaken r) {
            state.modules.take(new Cause(r.module(), r.entry(), r.index()));
        } else if (row instanceof Rows.Key r) {
            state.keys.put(r);
        } else {
            throw new IllegalStateException("a snapshot has no place for " + row);
        }
    }

    private void loadMachine(Rows.Machine r) {
        state.clusterId = r.clusterId();
        Bookkeeping.requireKnown(r.version());
        state.version = r.version();
        state.time.restore(r.entry(), r.timeMs(), r.dayNumber());
        state.time.restoreDates(r.date(), r.settleDate(), r.sessionOpen());
        state.orders.restorePriority(r.nextPriority());
        state.obligations.restoreNumber(r.nextObligation());
        state.rules.requiredRulesSet = r.rulesSet();
    }

    private void loadAccount(Rows.Account r) {
        AccountState a = new AccountState(r.entry(), state.idOf(r.entry()), r.currency(), r.createdMs());
        a.settledMinor = r.settledMinor();
        a.unsettledMinor = r.unsettledMinor();
        a.reservedMinor = r.reservedMinor();
        a.heldMinor = r.heldMinor();
        a.lastDayEquityMinor = r.lastDayEquityMinor();
        state.accounts.add(a);
    }

    private void loadPosition(Rows.Position r) {
        state.accounts
                .get(r.accountEntry())
                .restore(new Position(
                        r.symbol(), r.qtyE8(), r.settledE8(), r.reservedE8(), r.totalCostMinor(), r.realisedMinor()));
    }

    private void loadOrder(Rows.OrderRow r) {
        UUID account = r.order().account();
        AccountState a = state.accounts
                .find(account)
                .orElseThrow(() -> new IllegalStateException("order of no account: " + account));
        OrderEntry o = OrderEntry.restored(a, r);
        state.orders.add(o);
        a.putClient(o.request.clientOrderId(), new AccountState.ClientRef(o.entry, o.bodyHash));
        o.replacement.ifPresent(p -> a.putClient(
                p.clientOrderId(), new AccountState.ClientRef(HmsId.entry(p.newId()), o.replacementBodyHash)));
    }

    private void loadSetting(Command command) {
        Rules rules = state.rules;
        if (command instanceof Commands.DefineInstrument c) {
            rules.instruments.put(c.instrument().symbol(), c.instrument());
        } else if (command instanceof Commands.GrantAccess c) {
            rules.access.grant(c.account(), c.principal(), c.role());
        } else if (command instanceof Commands.RevokeKey c) {
            rules.revokedKeys.add(c.keyId());
        } else if (command instanceof Commands.SetLimits c) {
            c.account()
                    .ifPresentOrElse(
                            a -> rules.accountLimits.put(a, c.limits()), () -> rules.commonLimits = c.limits());
        } else if (command instanceof Commands.SetRestriction c) {
            rules.restrict(c.account(), c.symbol(), true);
        } else if (command instanceof Commands.SetKillSwitch c) {
            rules.block(c.account(), c.on());
        } else if (command instanceof Commands.SetRequiredRules c) {
            rules.requiredRules = c.rules();
        } else if (command instanceof Commands.ActivatePolicy c) {
            rules.policies.put(c.policy().id(), c.policy());
        } else if (command instanceof Commands.Progress c) {
            state.modules.moveBookmark(c.module(), c.entry());
        } else {
            throw new IllegalStateException("a snapshot has no place for " + command);
        }
    }
}
