package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.ops.internal.desired.StagedJar;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Brings a version up beside the one that serves, and sees whether it is fit to serve. Runs on one thread. */
final class Overlap {
    /**
     * Long, for the old version serves meanwhile, and a thread that is interrupted in the middle of somebody's code may
     * leave harm behind: on a busy machine a sound version took more than 5 s.
     */
    static final Duration START = Duration.ofSeconds(20);

    private static final Duration LOOK = Duration.ofMillis(25);

    private final SwapTools tools;
    private final StagedJar jar;
    private final Optional<Bundle> old;
    private final Set<String> tolerated;
    private final boolean beside;
    private Optional<Bundle> fresh = Optional.empty();
    private Set<String> rules = Set.of();

    /** @param old what serves now; components that wait in it may wait in the new version, too */
    Overlap(SwapTools tools, StagedJar jar, Optional<Bundle> old) {
        this(tools, jar, old, false);
    }

    /** @param beside whether the old version runs until the end: what is wrong in both is not the new one's fault */
    Overlap(SwapTools tools, StagedJar jar, Optional<Bundle> old, boolean beside) {
        this.beside = beside;
        this.tools = tools;
        this.jar = jar;
        this.old = old;
        this.tolerated = old.map(tools.readiness()::waiting).orElse(Set.of());
    }

    /** What stands beside, also when it was found unfit. */
    Optional<Bundle> fresh() {
        return fresh;
    }

    /** Names of the rules that its checks answer. */
    Set<String> rules() {
        return rules;
    }

    /** What is done between installing and starting. */
    interface BeforeStart {
        void with(Bundle bundle) throws Refused, InterruptedException;
    }

    /** Installs the jar aside, starts it, and proves it. */
    Bundle bring(int startLevel, BeforeStart before) throws Refused, InterruptedException {
        try {
            fresh = Optional.of(tools.rack().installBeside(jar));
            before.with(fresh.get());
            tools.rack().start(fresh.get(), START);
            tools.rack().setStartLevel(fresh.get(), startLevel);
        } catch (BundleException | TimeoutException e) {
            throw new Refused(jar.name() + " " + jar.version() + " does not start: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Refused("the jar cannot be read: " + e.getMessage(), e);
        }
        return proven(fresh.get());
    }

    /** Takes what stands beside already, and proves it again. */
    Bundle adopt(Bundle beside) throws Refused, InterruptedException {
        fresh = Optional.of(beside);
        return proven(beside);
    }

    private Bundle proven(Bundle bundle) throws Refused, InterruptedException {
        awaitReady(bundle);
        keepsRules(bundle);
        List<String> troubles = tools.trials().troubles(bundle);
        if (!troubles.isEmpty()) {
            throw new Refused(jar.name() + " " + jar.version() + ": " + String.join("; ", troubles));
        }
        return bundle;
    }

    /** What speaks against the bundle now. */
    List<String> troubles(Bundle bundle) throws InterruptedException {
        return others(tools.readiness().troubles(bundle, tolerated));
    }

    /** The same, but for what says that it is only beginning. */
    List<String> lastingTroubles(Bundle bundle) throws InterruptedException {
        return others(tools.readiness().lasting(bundle, tolerated));
    }

    /** Health checks of ops look at everything: both versions say the same of the same trouble. */
    private List<String> others(List<String> troubles) throws InterruptedException {
        if (troubles.isEmpty() || !beside || old.isEmpty()) {
            return troubles;
        }
        List<String> both = tools.readiness().troubles(old.get(), tolerated);
        return troubles.stream().filter(one -> !both.contains(one)).toList();
    }

    /**
     * Waits for the old version on the way back. One that is up and not well serves all the same: what ails it ailed it
     * before, or ails both.
     *
     * @return what ails it, after the words that lead to it; else empty
     */
    String awaitUp(Bundle bundle) throws Refused, InterruptedException {
        try {
            awaitReady(bundle);
            return "";
        } catch (Refused e) {
            if (!tools.readiness().isUp(bundle, tolerated)) {
                throw e;
            }
            return ", though " + e.getMessage();
        }
    }

    private void awaitReady(Bundle bundle) throws Refused, InterruptedException {
        long end = System.nanoTime() + tools.ready().toNanos();
        List<String> troubles = troubles(bundle);
        while (!troubles.isEmpty()) {
            boolean lost = !tools.readiness().failures(bundle).isEmpty();
            if (lost || System.nanoTime() > end) {
                throw new Refused(bundle.getSymbolicName() + " " + bundle.getVersion() + " is not ready: "
                        + String.join("; ", troubles));
            }
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            troubles = troubles(bundle);
        }
    }

    private void keepsRules(Bundle bundle) throws Refused, InterruptedException {
        rules = tools.trials().rules(bundle);
        if (old.isEmpty()) {
            return;
        }
        TreeSet<String> lost = new TreeSet<>(tools.trials().rulesOfLeaving(old.get()));
        lost.retainAll(tools.core().requiredRules());
        lost.removeAll(rules);
        if (!lost.isEmpty()) {
            throw new Refused(jar.name() + " " + jar.version() + " has no check for the required rules " + lost);
        }
    }
}
