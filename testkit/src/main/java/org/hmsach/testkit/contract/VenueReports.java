package org.hmsach.testkit.contract;

import java.util.UUID;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.Recording;

/** Takes what a venue tells and keeps it for the test. Thread-safe. */
public final class VenueReports implements Venue.Reports {
    private final Recording<VenueReport> all = new Recording<>();

    /** Everything told, in order. */
    public Recording<VenueReport> all() {
        return all;
    }

    /** Waits for a report of the kind about the order. */
    public VenueReport await(VenueReport.Kind kind, UUID order) {
        return all.await(report -> report.kind() == kind && report.order().equals(order), kind + " of " + order);
    }

    /** Filled quantity of the order so far, scale 8. */
    public long filledE8(UUID order) {
        return all.items().stream()
                .filter(report -> report.kind() == VenueReport.Kind.FILLED
                        && report.order().equals(order))
                .mapToLong(VenueReport::qtyE8)
                .sum();
    }

    @Override
    public void filled(long cause, UUID order, String execId, long qtyE8, long priceE8) {
        all.add(new VenueReport(VenueReport.Kind.FILLED, cause, order, execId, qtyE8, priceE8));
    }

    @Override
    public void traded(long cause, Venue.Match match) {
        filled(cause, match.taker(), match.execId(), match.qtyE8(), match.priceE8());
        filled(cause, match.maker(), match.execId(), match.qtyE8(), match.priceE8());
    }

    @Override
    public void canceled(long cause, UUID order, String detail) {
        add(VenueReport.Kind.CANCELED, cause, order);
    }

    @Override
    public void rejected(long cause, UUID order, String detail) {
        add(VenueReport.Kind.REJECTED, cause, order);
    }

    @Override
    public void replaced(long cause, UUID oldOrder) {
        add(VenueReport.Kind.REPLACED, cause, oldOrder);
    }

    @Override
    public void cancelRejected(long cause, UUID order, String detail) {
        add(VenueReport.Kind.CANCEL_REJECTED, cause, order);
    }

    @Override
    public void replaceRejected(long cause, UUID order, String detail) {
        add(VenueReport.Kind.REPLACE_REJECTED, cause, order);
    }

    private void add(VenueReport.Kind kind, long cause, UUID order) {
        all.add(new VenueReport(kind, cause, order, "", 0, 0));
    }
}
