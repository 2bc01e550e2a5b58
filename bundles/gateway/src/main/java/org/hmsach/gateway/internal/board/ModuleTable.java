package org.hmsach.gateway.internal.board;

import java.util.Map;
import java.util.Optional;

/** Which module owns which base path, so that an absent one is refused by its name and not by a bare 404. */
public final class ModuleTable {
    /**
     * A base path that belongs to a module.
     *
     * @param base   the base path
     * @param module the module
     */
    public record Owner(String base, String module) {}

    private static final Map<String, String> OWNERS = Map.ofEntries(
            Map.entry("/v2/account", "core"),
            Map.entry("/v2/orders", "core"),
            Map.entry("/v2/orders:by_client_order_id", "core"),
            Map.entry("/v2/positions", "core"),
            Map.entry("/v2/assets", "mkt.data"),
            Map.entry("/v2/clock", "mkt.data"),
            Map.entry("/v2/calendar", "mkt.data"),
            Map.entry("/v2/watchlists", "mkt.data"),
            Map.entry("/v2/stocks", "mkt.data"),
            Map.entry("/v3/clock", "mkt.data"),
            Map.entry("/v3/calendar", "mkt.data"),
            Map.entry("/mkt/v1", "mkt.data"),
            Map.entry("/gov/v1", "gov.checks"),
            Map.entry("/mfe/v1/transfers", "mfe.ach"),
            Map.entry("/mfe/v1/close-of-business", "mfe.books"),
            Map.entry("/mfe/v1/business-date", "mfe.books"),
            Map.entry("/mfe/v1/fees", "mfe.books"),
            Map.entry("/mfe/v1", "mfe.books"),
            Map.entry("/health", "gateway"),
            Map.entry("/metrics", "gateway"),
            Map.entry("/openapi.json", "gateway"),
            Map.entry("/admin/v1/outcomes", "gateway"),
            Map.entry("/auth/v1", "identity"),
            Map.entry("/admin/v1/users", "identity"),
            Map.entry("/admin/v1/accounts", "identity"),
            Map.entry("/admin/v1/modules", "ops"),
            Map.entry("/admin/v1/core", "ops"));

    private ModuleTable() {}

    /** Who owns the path: the entry with the longest base that is a prefix of it. */
    public static Optional<Owner> ownerOf(String path) {
        for (String base = path; !base.isEmpty(); base = base.substring(0, Math.max(0, base.lastIndexOf('/')))) {
            String module = OWNERS.get(base);
            if (module != null) {
                return Optional.of(new Owner(base, module));
            }
        }
        return Optional.empty();
    }
}
