package org.hmsach.store.internal.readmodel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.history.History;

/** One line of an account's history. */
@Entity
@Table(name = "rm_activity")
public class ActivityRow {
    private static final int DETAIL_MAX = 200;

    @Id
    private String id;

    private String account;
    private String kind;

    @Column(name = "time_ms")
    private long timeMs;

    @Column(name = "business_date")
    private String businessDate;

    @Column(name = "order_id")
    private String orderId;

    private String symbol;
    private String side;

    @Column(name = "qty_e8")
    private long qtyE8;

    @Column(name = "price_e8")
    private long priceE8;

    @Column(name = "cum_qty_e8")
    private long cumQtyE8;

    @Column(name = "leaves_e8")
    private long leavesE8;

    @Column(name = "net_minor")
    private long netMinor;

    private String detail;

    protected ActivityRow() {}

    ActivityRow(UUID account, History.Activity activity) {
        this.id = activity.id();
        this.account = account.toString();
        this.kind = activity.type().name();
        this.timeMs = activity.timeMs();
        this.businessDate = activity.date().toString();
        this.orderId = activity.order().map(UUID::toString).orElse(null);
        this.symbol = activity.symbol();
        this.side = activity.side();
        this.qtyE8 = activity.qtyE8();
        this.priceE8 = activity.priceE8();
        this.cumQtyE8 = activity.cumQtyE8();
        this.leavesE8 = activity.leavesE8();
        this.netMinor = activity.netMinor();
        String text = activity.detail();
        this.detail = text.length() > DETAIL_MAX ? text.substring(0, DETAIL_MAX) : text;
    }

    final String id() {
        return id;
    }

    final History.Activity activity() {
        return new History.Activity(
                id,
                History.ActivityType.valueOf(kind),
                timeMs,
                LocalDate.parse(businessDate),
                Optional.ofNullable(orderId).map(UUID::fromString),
                symbol,
                side,
                qtyE8,
                priceE8,
                cumQtyE8,
                leavesE8,
                netMinor,
                detail);
    }
}
