package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeListener;

/** Events as short lines. */
final class Telling implements TapeListener {
    final List<String> told = new ArrayList<>();
    private final Names names;

    Telling(Names names) {
        this.names = names;
    }

    @Override
    public void onOrder(Events.OrderEvent e) {
        Order o = e.order();
        StringBuilder s = new StringBuilder(e.kind().name()).append(' ').append(names.of(o.id()));
        s.append(" open ").append(Scale8.text(o.openE8())).append(" ").append(o.state());
        if (o.reservedMinor() != 0) {
            s.append(" reserves ").append(o.reservedMinor());
        }
        if (o.reservedQtyE8() != 0) {
            s.append(" keeps ").append(Scale8.text(o.reservedQtyE8()));
        }
        e.execution().ifPresent(x -> s.append(" fill ")
                .append(Scale8.text(x.qtyE8()))
                .append("@")
                .append(Scale8.text(x.priceE8()))
                .append("=")
                .append(x.cashMinor()));
        e.verdicts().stream().filter(v -> !v.allowed()).map(Verdict::rule).forEach(r -> s.append(" denied ")
                .append(r));
        told.add(s.toString());
    }

    @Override
    public void onTrade(Events.TradePrinted e) {
        told.add("TRADE " + e.symbol() + " " + Scale8.text(e.qtyE8()) + "@" + Scale8.text(e.priceE8()));
    }

    @Override
    public void onPosting(Events.Posted e) {
        told.add(e.kind() + " " + e.legs().stream().map(this::leg).collect(Collectors.joining(", ")));
    }

    private String leg(Events.Leg leg) {
        String owner = leg.account().map(a -> names.of(a) + ".").orElse("");
        boolean currency = leg.asset().equals("USD");
        return owner + leg.ledgerAccount() + " " + leg.asset() + " "
                + (currency ? Long.toString(leg.amount()) : Scale8.text(leg.amount()));
    }

    @Override
    public void onAccount(Events.AccountOpened e) {
        told.add("ACCOUNT " + e.currency().code());
    }

    @Override
    public void onAccess(Events.AccessChanged e) {
        told.add("ACCESS " + names.of(e.account()) + " "
                + e.role().map(Enum::name).orElse("none"));
    }

    @Override
    public void onKeyRevoked(Events.KeyRevoked e) {
        told.add("KEY " + e.keyId());
    }

    @Override
    public void onInstrument(Events.InstrumentChanged e) {
        told.add("INSTRUMENT " + e.instrument().symbol() + " " + e.instrument().status());
    }

    @Override
    public void onLimits(Events.LimitsChanged e) {
        told.add("LIMITS " + e.account().map(names::of).orElse("all"));
    }

    @Override
    public void onRestriction(Events.RestrictionChanged e) {
        told.add("RESTRICTION " + e.symbol() + " " + e.restricted());
    }

    @Override
    public void onKillSwitch(Events.KillSwitchChanged e) {
        told.add("KILL " + e.account().map(names::of).orElse("all") + " " + e.on());
    }

    @Override
    public void onRequiredRules(Events.RequiredRulesChanged e) {
        told.add("REQUIRED " + e.rules());
    }

    @Override
    public void onPolicy(Events.PolicyActivated e) {
        told.add("POLICY " + e.policy().id() + " " + e.policy().version());
    }

    @Override
    public void onSession(Events.SessionChanged e) {
        told.add("SESSION " + e.date() + (e.open() ? " open" : " closed"));
    }

    @Override
    public void onVenueOpened(Events.VenueOpened e) {
        told.add("VENUE " + e.venue() + " " + e.internal());
    }

    @Override
    public void onVenueReady(Events.VenueReady e) {
        told.add("READY " + e.venue() + " " + e.openOrders());
    }

    @Override
    public void onSettled(Events.Settled e) {
        told.add("SETTLED " + e.settled() + " left " + e.remaining());
    }

    @Override
    public void onMark(Events.Marked e) {
        told.add("MARK " + e.symbol() + " " + Scale8.text(e.price().priceE8()) + (e.closing() ? " closing" : ""));
    }

    @Override
    public void onTransfer(Events.TransferChanged e) {
        told.add("TRANSFER " + e.transfer().direction() + " " + e.transfer().state());
    }

    @Override
    public void onRefused(Events.CommandRefused e) {
        told.add("REFUSED " + e.command() + " " + e.refusal().reason());
    }

    @Override
    public void onProgress(Events.Progressed e) {
        told.add("PROGRESS " + e.module() + " " + e.entry());
    }

    @Override
    public void onMachineVersion(Events.MachineVersionActivated e) {
        told.add("VERSION " + e.version());
    }

    @Override
    public void onNote(Events.Noted e) {
        told.add("NOTE " + e.topic());
    }
}
