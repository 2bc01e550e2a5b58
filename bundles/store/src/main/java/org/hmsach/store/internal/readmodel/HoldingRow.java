package org.hmsach.store.internal.readmodel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What an account holds of one instrument, by trade date. */
@Entity
@Table(name = "rm_holding")
public class HoldingRow {
    @Id
    private String id;

    private String account;
    private String symbol;

    @Column(name = "qty_e8")
    private long qtyE8;

    protected HoldingRow() {}

    HoldingRow(String account, String symbol) {
        this.id = idOf(account, symbol);
        this.account = account;
        this.symbol = symbol;
    }

    static String idOf(String account, String symbol) {
        return account + "/" + symbol;
    }

    final void add(long amountE8) {
        qtyE8 = Math.addExact(qtyE8, amountE8);
    }

    final String id() {
        return id;
    }

    final String account() {
        return account;
    }

    final String symbol() {
        return symbol;
    }

    final long qtyE8() {
        return qtyE8;
    }
}
