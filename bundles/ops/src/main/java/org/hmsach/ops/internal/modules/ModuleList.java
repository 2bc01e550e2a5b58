package org.hmsach.ops.internal.modules;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleStatus;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.ops.internal.swap.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The modules as an operator wants to see them: what runs, what is desired, and where the two differ. */
@Component(service = ModuleList.class)
public final class ModuleList {
    private final ModuleRegistry registry;
    private final ModuleKeeper keeper;
    private final SwapEngine engine;

    /** Over the registry of the core. */
    @Activate
    public ModuleList(
            @Reference ModuleRegistry registry, @Reference ModuleKeeper keeper, @Reference SwapEngine engine) {
        this.registry = registry;
        this.keeper = keeper;
        this.engine = engine;
    }

    /** One row a module; and one for each bundle that is desired under a name that nobody runs. */
    public List<Map<String, Object>> rows() {
        Map<String, DesiredEntry> desired = new TreeMap<>(keeper.desired());
        return registry.modules().stream()
                .map(module -> row(module, desired.get(module.symbolicName())))
                .toList();
    }

    private Map<String, Object> row(ModuleStatus module, DesiredEntry entry) {
        Version running = module.symbolicName().isEmpty() ? Version.NONE : engine.version(module.symbolicName());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("family", module.family());
        row.put("module", module.module());
        row.put("symbolicName", module.symbolicName());
        row.put("version", module.version());
        row.put("state", module.state().name().toLowerCase(Locale.ROOT));
        row.put(
                "since",
                module.sinceMs() == 0
                        ? null
                        : Instant.ofEpochMilli(module.sinceMs()).toString());
        row.put("digest", running.digest());
        row.put("wantedBy", entry == null ? null : entry.origin().name().toLowerCase(Locale.ROOT));
        row.put("drift", keeper.isLoaded(module.symbolicName()) ? "" : drift(running, entry));
        row.put("lastError", module.lastError());
        return row;
    }

    /** What will be different after the next start; empty when nothing will. */
    static String drift(Version running, DesiredEntry entry) {
        boolean wanted = entry != null && entry.origin() != Origin.REMOVED;
        boolean runs = !running.digest().isEmpty();
        if (runs && !wanted) {
            return entry == null
                    ? "runs and is not in the desired set: it is gone after the next start"
                    : "runs though it was removed: it is gone after the next start";
        }
        if (runs && !running.digest().equals(entry.digest())) {
            return "runs as " + running.version() + ", desired is " + entry.version() + " " + entry.digest()
                    + ": that runs after the next start";
        }
        return "";
    }
}
