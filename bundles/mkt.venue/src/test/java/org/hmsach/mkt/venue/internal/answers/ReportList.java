package org.hmsach.mkt.venue.internal.answers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.Venue;

/** Writes down what a venue reports, one short line each, with names that a test gives to orders. */
public final class ReportList implements Venue.Reports {
    private final Map<UUID, String> names = new HashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> execIds = new ArrayList<>();

    /** The order, called so from now on. */
    public Order name(String name, Order order) {
        names.put(order.id(), name);
        return order;
    }

    public void name(String name, UUID order) {
        names.put(order, name);
    }

    /** What came since the last call. */
    public List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    public List<String> execIds() {
        return execIds;
    }

    @Override
    public void filled(long cause, UUID order, String execId, long qtyE8, long priceE8) {
        execIds.add(execId);
        add(cause, order, "filled " + Scale8.text(qtyE8) + " at " + Scale8.text(priceE8));
    }

    @Override
    public void traded(long cause, Venue.Match match) {
        execIds.add(match.execId());
        add(
                cause,
                match.taker(),
                "takes " + Scale8.text(match.qtyE8()) + " from " + names.get(match.maker()) + " at "
                        + Scale8.text(match.priceE8()));
    }

    @Override
    public void canceled(long cause, UUID order, String detail) {
        add(cause, order, "canceled: " + detail);
    }

    @Override
    public void rejected(long cause, UUID order, String detail) {
        add(cause, order, "rejected: " + detail);
    }

    @Override
    public void replaced(long cause, UUID oldOrder) {
        add(cause, oldOrder, "replaced");
    }

    @Override
    public void cancelRejected(long cause, UUID order, String detail) {
        add(cause, order, "cancel rejected: " + detail);
    }

    @Override
    public void replaceRejected(long cause, UUID order, String detail) {
        add(cause, order, "replace rejected: " + detail);
    }

    private void add(long cause, UUID order, String what) {
        lines.add(cause + " " + names.get(order) + " " + what);
    }
}
