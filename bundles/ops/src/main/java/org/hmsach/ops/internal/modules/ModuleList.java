package org.hmsach.ops.internal.modules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;
import org.hmsach.api.module.PlugInStatus;
import org.hmsach.api.module.PlugIns;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.frame.JarTrust;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.ops.internal.swap.Version;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The modules as an operator wants to see them: what runs, what is desired, and where the two differ. */
@Component(service = ModuleList.class)
public final class ModuleList {
    private final PlugIns plugIns;
    private final ModuleRegistry registry;
    private final ModuleKeeper keeper;
    private final SwapEngine engine;
    private final BundleContext context;
    private final JarTrust trust;

    /** Over the registry of the core. */
    @Activate
    public ModuleList(
            BundleContext context,
            @Reference ModuleRegistry registry,
            @Reference ModuleKeeper keeper,
            @Reference SwapEngine engine,
            @Reference PlugIns plugIns) {
        this.context = context;
        this.trust = new JarTrust(context);
        this.plugIns = plugIns;
        this.registry = registry;
        this.keeper = keeper;
        this.engine = engine;
    }

    /** One row a module; and one for each bundle that is here and may not run. */
    public List<Map<String, Object>> rows() {
        Map<String, DesiredEntry> desired = new TreeMap<>(keeper.desired());
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Bundle> refused = trust.refused();
        Map<String, Integer> inMemory = plugIns.stoppedInMemory();
        registry.modules().stream()
                .filter(module -> refused.stream().noneMatch(bundle -> is(bundle, module)))
                .map(module -> row(module, desired.get(module.symbolicName())))
                .forEach(rows::add);
        refused.forEach(bundle -> rows.add(refusedRow(bundle)));
        desired.values().stream()
                .filter(ModuleList::isSurelyWanted)
                .filter(entry -> rows.stream().noneMatch(row -> entry.name().equals(row.get("symbolicName"))))
                .filter(entry -> Arrays.stream(context.getBundles())
                        .noneMatch(bundle -> entry.name().equals(bundle.getSymbolicName())))
                .map(ModuleList::absentRow)
                .forEach(rows::add);
        rows.forEach(row -> row.put("stoppedInMemory", inMemory.getOrDefault(row.get("symbolicName"), 0)));
        return rows;
    }

    /** An operator's version of what a feature ships waits where that feature is not chosen. */
    private static boolean isSurelyWanted(DesiredEntry entry) {
        return entry.origin() == Origin.FEATURE
                || (entry.origin() == Origin.OPERATOR && entry.shipped().isEmpty());
    }

    private static Map<String, Object> absentRow(DesiredEntry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("family", "");
        row.put("module", "");
        row.put("symbolicName", entry.name());
        row.put("version", entry.version());
        row.put("state", ModuleState.ABSENT.name().toLowerCase(Locale.ROOT));
        row.put("since", null);
        row.put("digest", "");
        row.put("signer", "");
        row.put("trust", "");
        row.put("wantedBy", entry.origin().name().toLowerCase(Locale.ROOT));
        row.put("drift", drift(Version.NONE, false, entry));
        row.put("lastError", "");
        return row;
    }

    private static boolean is(Bundle bundle, ModuleStatus module) {
        return module.symbolicName().equals(bundle.getSymbolicName())
                && module.version().equals(bundle.getVersion().toString())
                && module.state() != ModuleState.ACTIVE;
    }

    private Map<String, Object> refusedRow(Bundle bundle) {
        JarTrust.Answer answer = trust.of(bundle);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("family", declared(bundle, "family"));
        row.put("module", declared(bundle, "module"));
        row.put("symbolicName", bundle.getSymbolicName());
        row.put("version", bundle.getVersion().toString());
        row.put("state", "refused");
        row.put("since", Instant.ofEpochMilli(bundle.getLastModified()).toString());
        row.put("digest", answer.digest());
        row.put("signer", "");
        row.put("trust", answer.mode());
        row.put("wantedBy", null);
        row.put("drift", "");
        row.put("lastError", "not trusted: " + answer.reason() + " (" + bundle.getLocation() + ")");
        return row;
    }

    private static String declared(Bundle bundle, String attribute) {
        // one that is uninstalled just now has no revision
        return Optional.ofNullable(bundle.adapt(BundleRevision.class)).stream()
                .flatMap(revision -> revision.getDeclaredCapabilities(ModuleRegistry.NAMESPACE).stream())
                .map(one -> String.valueOf(one.getAttributes().getOrDefault(attribute, "")))
                .findFirst()
                .orElse("");
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
        Optional<JarTrust.Answer> answer = trusted(module);
        row.put("signer", answer.map(JarTrust.Answer::signer).orElse(""));
        row.put("trust", answer.map(JarTrust.Answer::mode).orElse(""));
        row.put("wantedBy", entry == null ? null : entry.origin().name().toLowerCase(Locale.ROOT));
        row.put("drift", keeper.isLoaded(module.symbolicName()) ? "" : drift(running, runs(module), entry));
        row.put("lastError", lastError(module, answer));
        row.put("plugIns", plugIns(module.symbolicName()));
        return row;
    }

    /** The module's guarded services that have been called, with what went wrong. */
    public List<PlugInStatus> plugIns(String symbolicName) {
        return plugIns.all().stream()
                .filter(one -> one.bundle().startsWith(symbolicName + ' '))
                .toList();
    }

    /** What is wrong with the module; empty when it is well. */
    public List<String> health(String symbolicName) throws InterruptedException {
        List<String> wrong = new ArrayList<>(engine.troubles(symbolicName));
        plugIns(symbolicName).stream()
                .filter(PlugInStatus::isRed)
                .map(one -> one.spi() + " " + one.name() + " is not called: " + one.lastFailure())
                .forEach(wrong::add);
        return wrong;
    }

    private Optional<JarTrust.Answer> trusted(ModuleStatus module) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> module.symbolicName().equals(bundle.getSymbolicName())
                        && module.version().equals(bundle.getVersion().toString()))
                .map(trust::of)
                .findFirst();
    }

    private static String lastError(ModuleStatus module, Optional<JarTrust.Answer> answer) {
        String undone = answer.map(JarTrust.Answer::refusedUpdate).orElse("");
        return undone.isEmpty() ? module.lastError() : "an update was undone: " + undone;
    }

    private static boolean runs(ModuleStatus module) {
        return module.state() != ModuleState.ABSENT && module.state() != ModuleState.FAILED;
    }

    /** What will be different after the next start; empty when nothing will. @param running what is installed */
    static String drift(Version running, boolean runs, DesiredEntry entry) {
        boolean wanted = entry != null && entry.origin() != Origin.REMOVED;
        boolean here = !running.digest().isEmpty();
        if (here && !wanted) {
            return entry == null
                    ? "runs and is not in the desired set: it is gone after the next start"
                    : "runs though it was removed: it is gone after the next start";
        }
        if (here && !running.digest().equals(entry.digest())) {
            return "runs as " + running.version() + ", desired is " + entry.version() + " " + entry.digest()
                    + ": that runs after the next start";
        }
        return wanted && !runs ? "wanted and not running: the next start tries it again and needs it" : "";
    }
}
