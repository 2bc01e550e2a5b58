package org.hmsach.mkt.data.internal.watchlist;

import java.util.List;
import java.util.UUID;

/** Symbols that an account's people want to see together, in the order of adding. */
public record Watchlist(UUID id, UUID account, String name, List<String> symbols, long createdMs, long updatedMs) {
    public static final int MAX_NAME = 64;
    public static final int MAX_SYMBOLS = 200;
    public static final int MAX_LISTS = 100;

    public Watchlist {
        symbols = symbols.stream().distinct().toList();
    }
}
