package org.hmsach.store.internal.readmodel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Cash of an account by trade date, and what came in by transfers. */
@Entity
@Table(name = "rm_cash")
public class CashRow {
    /** The account. */
    @Id
    private String id;

    private int digits;

    @Column(name = "cash_minor")
    private long cashMinor;

    @Column(name = "deposited_minor")
    private long depositedMinor;

    protected CashRow() {}

    CashRow(String account) {
        this.id = account;
        this.digits = 2;
    }

    final void setDigits(int value) {
        digits = value;
    }

    final void add(long amountMinor) {
        cashMinor = Math.addExact(cashMinor, amountMinor);
    }

    final void addDeposit(long amountMinor) {
        depositedMinor = Math.addExact(depositedMinor, amountMinor);
    }

    final String account() {
        return id;
    }

    final int digits() {
        return digits;
    }

    final long cashMinor() {
        return cashMinor;
    }

    final long depositedMinor() {
        return depositedMinor;
    }
}
