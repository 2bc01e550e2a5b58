package org.hmsach.mkt.data.internal.watchlist;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;

/** A watchlist as kept in SQL. */
@Entity
@Table(name = "mkt_watchlist")
public class WatchlistRow {
    @Id
    private String id;

    private String account;

    private String name;

    private String symbols;

    @Column(name = "created_ms")
    private long createdMs;

    @Column(name = "updated_ms")
    private long updatedMs;

    protected WatchlistRow() {}

    WatchlistRow(Watchlist list) {
        this.id = list.id().toString();
        this.account = list.account().toString();
        this.createdMs = list.createdMs();
        change(list.name(), list.symbols(), list.createdMs());
    }

    final void change(String newName, List<String> newSymbols, long nowMs) {
        this.name = newName;
        this.symbols = String.join(",", newSymbols);
        this.updatedMs = nowMs;
    }

    final Watchlist value() {
        List<String> list = symbols.isEmpty() ? List.of() : List.of(symbols.split(","));
        return new Watchlist(UUID.fromString(id), UUID.fromString(account), name, list, createdMs, updatedMs);
    }
}
