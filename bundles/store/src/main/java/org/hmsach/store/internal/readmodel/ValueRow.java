package org.hmsach.store.internal.readmodel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hmsach.api.history.History;

/** Value of an account at the marks of one entry. */
@Entity
@Table(name = "rm_value")
public class ValueRow {
    @Id
    private String id;

    private String account;
    private long entry;

    @Column(name = "time_ms")
    private long timeMs;

    @Column(name = "business_date")
    private String businessDate;

    private boolean closing;

    @Column(name = "equity_minor")
    private long equityMinor;

    @Column(name = "cash_minor")
    private long cashMinor;

    @Column(name = "deposited_minor")
    private long depositedMinor;

    protected ValueRow() {}

    ValueRow(String account, long entry) {
        this.id = idOf(account, entry);
        this.account = account;
        this.entry = entry;
    }

    static String idOf(String account, long entry) {
        return account + "/" + entry;
    }

    final void set(History.ValuePoint point) {
        timeMs = point.timeMs();
        businessDate = point.date().toString();
        closing = point.closing();
        equityMinor = point.equityMinor();
        cashMinor = point.cashMinor();
        depositedMinor = point.depositedMinor();
    }

    final String id() {
        return id;
    }

    final History.ValuePoint point() {
        return new History.ValuePoint(
                timeMs, LocalDate.parse(businessDate), closing, equityMinor, cashMinor, depositedMinor);
    }
}
