package org.hmsach.store.internal.readmodel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The price that a symbol is valued at: its last mark, or its last fill while it has none. */
@Entity
@Table(name = "rm_price")
public class PriceRow {
    /** The symbol. */
    @Id
    private String id;

    @Column(name = "price_e8")
    private long priceE8;

    private boolean marked;

    protected PriceRow() {}

    PriceRow(String symbol) {
        this.id = symbol;
    }

    final void mark(long markE8) {
        priceE8 = markE8;
        marked = true;
    }

    final void fill(long fillE8) {
        if (!marked) {
            priceE8 = fillE8;
        }
    }

    final String symbol() {
        return id;
    }

    final long priceE8() {
        return priceE8;
    }
}
