package org.hmsach.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hmsach.trust.Judgement;
import org.hmsach.trust.TrustOffice;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps bundles that are not trusted from ever resolving, whoever installed or updated them: so none of their code
 * runs. They stay installed, so that a list can name them. A trusted bundle that was updated with a jar that is not
 * gets its old jar back.
 *
 * <p>Answers others as a service {@code Function<Object, Map<String, String>>} with the property {@code
 * hms.service=trust}: of a {@link Bundle} or of the {@link Path} of a jar, {@code trusted}, {@code digest}, {@code
 * signer}, {@code reason}, {@code mode} and, of a bundle, {@code refusedUpdate}.
 */
final class BundleGuard implements ResolverHookFactory, SynchronousBundleListener, AutoCloseable {
    private final BundleContext context;
    private final TrustOffice office;
    private final BundleCache cache;
    private final Consumer<String> log;
    private final Restorer restorer;
    private final Map<BundleRevision, Known> known = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<Long, String> refusedUpdates = new ConcurrentHashMap<>();

    private record Known(Judgement judgement, String stamp) {}

    BundleGuard(BundleContext context, TrustOffice office, Path storage, Consumer<String> log) {
        this.context = context;
        this.office = office;
        this.cache = new BundleCache(storage);
        this.log = log;
        this.restorer = new Restorer(log);
    }

    /** From here on nothing untrusted resolves. */
    void begin() {
        context.registerService(ResolverHookFactory.class, this, null);
        context.addBundleListener(this);
        Hashtable<String, Object> properties = new Hashtable<>(Map.of("hms.service", "trust"));
        context.registerService(Function.class, (Function<Object, Map<String, String>>) this::describe, properties);
    }

    /** The launcher has seen the bytes that it installed. */
    void vouch(Bundle bundle, Judgement judgement) {
        remember(revision(bundle), judgement);
        if (!judgement.reason().isEmpty()) {
            tell(bundle, judgement);
        }
    }

    /** Whether the bundle as it is now may run. */
    Judgement judgement(Bundle bundle) {
        BundleRevision revision = revision(bundle);
        // one that goes just now has none
        return revision == null
                ? new Judgement(!office.isEnforcing(), "", "", "it is not installed any more")
                : judgement(revision);
    }

    /** All that are installed and may not run, each with the reason. */
    List<String> refused() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getBundleId() != 0)
                .filter(bundle -> !judgement(bundle).trusted())
                .map(bundle -> words(bundle, judgement(bundle)))
                .toList();
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        // the framework passes our words on to whoever starts the bundle
        for (BundleRevision one : triggers) {
            Judgement judgement = judgement(one);
            if (!judgement.trusted()) {
                throw new SecurityException(words(one.getBundle(), judgement));
            }
        }
        return new Filter();
    }

    /** For one resolution: asks once for each revision, for there are thousands of matches at start. */
    private final class Filter implements ResolverHook {
        private final Map<BundleRevision, Boolean> asked = new IdentityHashMap<>();

        private boolean mayRun(BundleRevision revision) {
            return asked.computeIfAbsent(revision, one -> judgement(one).trusted());
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // Felix then finds no more provider that is resolved already; what is not trusted is kept out by begin(),
            // as a provider and as a fragment by filterMatches()
        }

        @Override
        public void filterSingletonCollisions(
                BundleCapability singleton, Collection<BundleCapability> collisionCandidates) {
            // which of several bundles of one name may run is not our question
        }

        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            if (requirement.getRevision() != null && !mayRun(requirement.getRevision())) {
                candidates.clear();
            }
            candidates.removeIf(one -> !mayRun(one.getRevision()));
        }

        @Override
        public void end() {
            // nothing is kept between resolutions
        }
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        Bundle bundle = event.getBundle();
        if (event.getType() == BundleEvent.UNINSTALLED) {
            refusedUpdates.remove(bundle.getBundleId());
        } else if (event.getType() == BundleEvent.INSTALLED || event.getType() == BundleEvent.UPDATED) {
            Judgement judgement = judgement(bundle);
            if (!judgement.reason().isEmpty()) {
                tell(bundle, judgement);
            }
            if (event.getType() == BundleEvent.UPDATED && !judgement.trusted()) {
                giveBack(bundle, words(bundle, judgement));
            }
        }
    }

    /** The jar from before lies in the cache until the framework lets the old revision go, after this event. */
    private void giveBack(Bundle bundle, String why) {
        Optional<Path> before = cache.before(bundle);
        try {
            if (before.isPresent() && office.judge(before.get()).trusted()) {
                refusedUpdates.put(bundle.getBundleId(), why);
                restorer.restore(bundle, before.get());
            }
        } catch (IOException e) {
            log.accept("the jar of " + name(bundle) + " from before cannot be read: " + e.getMessage());
        }
    }

    private Judgement judgement(BundleRevision revision) {
        Bundle bundle = revision.getBundle();
        if (bundle.getBundleId() == 0) {
            return new Judgement(true, "", Judgement.DISTRIBUTION, "");
        }
        Known before = known.get(revision);
        // what runs stays as it was judged; what does not is judged anew when the trust store changed
        if (before != null && (revision.getWiring() != null || before.stamp().equals(office.stamp()))) {
            return before.judgement();
        }
        if (!revision.equals(revision(bundle))) {
            return new Judgement(!office.isEnforcing(), "", "", "it is an old revision of the bundle");
        }
        Judgement judgement = judge(bundle);
        remember(revision, judgement);
        return judgement;
    }

    private Judgement judge(Bundle bundle) {
        Optional<Path> jar = cache.now(bundle);
        if (jar.isEmpty()) {
            String why = "its jar is not in the framework's cache, so it may change after it was looked at: "
                    + bundle.getLocation();
            return new Judgement(!office.isEnforcing(), "", "", why);
        }
        try {
            return office.judge(jar.get());
        } catch (IOException e) {
            return new Judgement(!office.isEnforcing(), "", "", "it cannot be read: " + e.getMessage());
        }
    }

    private void remember(BundleRevision revision, Judgement judgement) {
        known.put(revision, new Known(judgement, office.stamp()));
    }

    private Map<String, String> describe(Object asked) {
        Map<String, String> answer = new TreeMap<>();
        Judgement judgement;
        if (asked instanceof Bundle bundle) {
            judgement = judgement(bundle);
            answer.put("refusedUpdate", refusedUpdates.getOrDefault(bundle.getBundleId(), ""));
        } else if (asked instanceof Path jar) {
            try {
                judgement = office.judge(jar);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + jar, e);
            }
        } else {
            throw new IllegalArgumentException("neither a Bundle nor a Path: " + asked);
        }
        answer.put("trusted", Boolean.toString(judgement.trusted()));
        answer.put("digest", judgement.digest());
        answer.put("signer", judgement.signer());
        answer.put("reason", judgement.reason());
        answer.put("mode", office.isEnforcing() ? "on" : "off");
        return answer;
    }

    private void tell(Bundle bundle, Judgement judgement) {
        if (judgement.trusted()) {
            log.accept("TRUST IS OFF: " + name(bundle) + " runs though " + judgement.reason());
        } else {
            log.accept(words(bundle, judgement));
        }
    }

    private static String words(Bundle bundle, Judgement judgement) {
        return name(bundle) + " is refused: " + judgement.reason() + ". What to do: " + TrustOffice.ADVICE;
    }

    private static String name(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion() + " (" + bundle.getLocation() + ")";
    }

    private static BundleRevision revision(Bundle bundle) {
        return bundle.adapt(BundleRevision.class);
    }

    @Override
    public void close() {
        restorer.close();
    }
}
