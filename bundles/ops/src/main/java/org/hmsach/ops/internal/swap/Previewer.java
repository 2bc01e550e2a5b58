package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.StateForm;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.BundleRack;
import org.hmsach.ops.internal.state.StateMove;
import org.hmsach.ops.internal.state.StateTrouble;
import org.hmsach.ops.internal.state.States;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;

/** Looks at a jar by installing it aside, resolving it, never starting it, and taking it out again. */
final class Previewer {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final String SERVICE = "osgi.service";

    private final BundleRack rack;
    private final States states;

    Previewer(BundleRack rack, States states) {
        this.rack = rack;
        this.states = states;
    }

    /** @param required names of the required rules */
    Preview of(StagedJar jar, Version running, Collection<String> required) {
        Optional<Bundle> old = rack.find(jar.name());
        Version to = new Version(jar.version(), jar.digest());
        Optional<String> fixed = Fixed.why(jar.name());
        if (fixed.isPresent()) {
            return refused(jar, running, to, fixed.get());
        }
        Bundle trial = null;
        try {
            trial = rack.installBeside(jar);
            return compare(jar.name(), running, to, new Pair(old, trial), required);
        } catch (BundleException e) {
            return refused(jar, running, to, "it cannot be installed: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar.path(), e);
        } finally {
            takeOut(trial);
        }
    }

    /** What would go with the module. @param answered names of the rules that it answers */
    Preview removal(Bundle bundle, Version running, Collection<String> answered, Collection<String> required) {
        String name = bundle.getSymbolicName();
        List<String> rulesGone = answered.stream().filter(required::contains).toList();
        List<String> refreshed = names(rack.others(bundle));
        String refusal = "";
        if (Fixed.stays(name)) {
            refusal = name + " is part of the platform and cannot be removed";
        } else if (!rulesGone.isEmpty()) {
            refusal = name + " answers the required rules " + rulesGone + ": orders would be refused without them;"
                    + " take them out of the required rules first";
        } else if (!refreshed.isEmpty()) {
            refusal = "unrelated bundles would restart with " + name + ": " + refreshed;
        }
        return new Preview(
                name,
                running,
                Version.NONE,
                "remove",
                true,
                List.of(),
                services(bundle),
                List.of(),
                rulesGone,
                refreshed,
                Preview.State.NONE,
                List.of(),
                refusal);
    }

    private static List<String> names(List<Bundle> bundles) {
        return bundles.stream().map(Bundle::getSymbolicName).toList();
    }

    private record Pair(Optional<Bundle> old, Bundle trial) {}

    private Preview compare(String name, Version from, Version to, Pair pair, Collection<String> required) {
        boolean resolves = rack.resolves(pair.trial());
        List<String> missing = resolves ? List.of() : new Needs(rack).missing(pair.trial());
        List<String> before = pair.old().map(Previewer::services).orElse(List.of());
        List<String> after = services(pair.trial());
        List<String> rulesGone = pair.old().map(Previewer::rules).orElse(List.of()).stream()
                .filter(required::contains)
                .filter(rule -> !rules(pair.trial()).contains(rule))
                .toList();
        List<String> refreshed = names(pair.old().map(rack::others).orElse(List.of()));
        Kept kept = kept(pair);
        String refusal = kept.refusal().isEmpty() ? "" : name + " " + to.version() + ": " + kept.refusal();
        if (!resolves) {
            refusal = name + " " + to.version() + " does not resolve: missing " + String.join("; ", missing);
        } else if (!rulesGone.isEmpty()) {
            refusal = name + " " + to.version() + " has no check for the required rules " + rulesGone;
        } else if (!refreshed.isEmpty()) {
            refusal = "unrelated bundles would restart with " + name + ": " + refreshed;
        }
        return new Preview(
                name,
                from,
                to,
                pair.old().isPresent() ? "beside" : "install",
                resolves,
                missing,
                without(before, after),
                without(after, before),
                rulesGone,
                refreshed,
                kept.state(),
                kept.migrations(),
                refusal);
    }

    /** What comes of the state that they keep. */
    private record Kept(Preview.State state, List<String> migrations, String refusal) {}

    private Kept kept(Pair pair) {
        Preview.State state = Preview.State.NONE;
        try {
            StateMove move = states.move(pair.old(), pair.trial());
            StateForm knowing = move.isDown() ? move.from() : move.to();
            state = new Preview.State(
                    move.from().form(), move.to().form(), knowing.upgradeFrom(), knowing.downgradeTo());
            return new Kept(state, states.pending(pair.trial()), "");
        } catch (StateTrouble e) {
            return new Kept(state, List.of(), e.getMessage());
        }
    }

    private static Preview refused(StagedJar jar, Version from, Version to, String why) {
        return new Preview(
                jar.name(),
                from,
                to,
                "restart",
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Preview.State.NONE,
                List.of(),
                why);
    }

    /** Service types that the manifest declares. */
    private static List<String> services(Bundle bundle) {
        TreeSet<String> types = new TreeSet<>();
        for (BundleCapability one : bundle.adapt(BundleRevision.class).getDeclaredCapabilities(SERVICE)) {
            if (one.getAttributes().get("objectClass") instanceof Collection<?> names) {
                names.forEach(name -> types.add(name.toString()));
            }
        }
        return List.copyOf(types);
    }

    /** Rules that the manifest declares: attribute {@code rules} of the module's capability. */
    static List<String> rules(Bundle bundle) {
        List<String> rules = new ArrayList<>();
        for (BundleCapability one :
                bundle.adapt(BundleRevision.class).getDeclaredCapabilities(ModuleRegistry.NAMESPACE)) {
            Map<String, Object> attributes = one.getAttributes();
            if (attributes.get("rules") instanceof Collection<?> names) {
                names.forEach(name -> rules.add(name.toString()));
            }
        }
        return rules;
    }

    private static List<String> without(List<String> all, List<String> others) {
        return all.stream().filter(one -> !others.contains(one)).toList();
    }

    private void takeOut(Bundle trial) {
        if (trial == null) {
            return;
        }
        try {
            rack.remove(trial, BOUND);
        } catch (BundleException | TimeoutException e) {
            throw new IllegalStateException("the trial bundle stays installed, it does not run: " + trial, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
