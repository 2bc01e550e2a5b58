package org.hmsach.gateway.internal.guard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.module.Serving;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.gateway.internal.board.Parking;
import org.hmsach.gateway.internal.clock.Metrics;
import org.hmsach.gateway.internal.place.Loaders;
import org.hmsach.gateway.internal.problem.Problems;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who is calling, and for which account: the seam to identity, which may be replaced at any time. */
@Component(service = Callers.class)
public final class Callers {
    private static final int PLACES = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration SWAP_WINDOW = Duration.ofSeconds(10);

    private final Parking parking;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ModuleSwitch> switches = List.of();

    /** The oldest last; replaced as a whole. */
    private volatile List<Map.Entry<Map<String, Object>, Authenticator>> authenticators = List.of();

    private final Serving<Authenticator> serving =
            new Serving<>(() -> authenticators, () -> switches.stream().findFirst());
    private volatile long goneNanos;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Portfolio> portfolios;

    @Activate
    public Callers(@Reference Metrics metrics) {
        this(new Parking(PLACES, PATIENCE, metrics::parked), List.of());
    }

    Callers(Parking parking, List<Portfolio> portfolios) {
        this.parking = parking;
        this.portfolios = portfolios;
        this.goneNanos = System.nanoTime() - SWAP_WINDOW.toNanos();
    }

    /** A method and not a list: requests that wait for identity must be told. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void addAuthenticator(Authenticator came, Map<String, Object> properties) {
        authenticators = Stream.concat(Stream.of(Map.entry(properties, came)), authenticators.stream())
                .toList();
        parking.changed();
    }

    synchronized void removeAuthenticator(Authenticator gone) {
        goneNanos = System.nanoTime();
        authenticators = authenticators.stream()
                .filter(one -> !one.getValue().equals(gone))
                .toList();
    }

    /**
     * Checks the credentials; waits a bounded time while identity is being replaced.
     *
     * @throws UnavailableException when identity is away
     */
    public Authentication authenticate(Credentials credentials) {
        return ask(credentials).or(() -> park(credentials)).orElseThrow(this::away);
    }

    private Optional<Authentication> ask(Credentials credentials) {
        return Loaders.neutrally(() -> serving.call(authenticator -> authenticator.authenticate(credentials)));
    }

    /** Whether anybody can be let in at all; a moment ago or later may be different. */
    public boolean isPresent() {
        return !authenticators.isEmpty();
    }

    private boolean isComing() {
        return System.nanoTime() - goneNanos < SWAP_WINDOW.toNanos();
    }

    private Optional<Authentication> park(Credentials credentials) {
        if (!isComing()) {
            return Optional.empty();
        }
        try {
            return parking.await(() -> ask(credentials));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private UnavailableException away() {
        return isComing()
                ? UnavailableException.beingReplaced("identity", 1)
                : UnavailableException.moduleAbsent("identity", "nobody can be let in");
    }

    /** The caller or the problem. */
    public Caller require(Credentials credentials) {
        Authentication answer = authenticate(credentials);
        return answer.caller().orElseThrow(() -> new ProblemException(problem(answer)));
    }

    /**
     * The caller acting on the account that the request names.
     *
     * @param wanted the account; empty: the caller's own or first
     */
    public Caller onAccount(Caller caller, Optional<UUID> wanted) {
        Optional<Portfolio> portfolio = portfolios.stream().findFirst();
        if (wanted.isEmpty()) {
            return caller.account().isPresent()
                    ? caller
                    : with(caller, portfolio.flatMap(p -> p.accessOf(caller.id()).keySet().stream()
                            .sorted()
                            .findFirst()));
        }
        UUID account = wanted.get();
        boolean reader = caller.has(Role.OPERATOR) || caller.has(Role.COMPLIANCE);
        boolean allowed = caller.keyId().isPresent()
                ? caller.account().equals(wanted)
                : reader
                        || portfolio
                                .flatMap(p -> p.access(caller.id(), account))
                                .isPresent();
        if (!allowed) {
            throw new ProblemException(
                    Problems.notFound("account " + account + " is not visible to " + caller.login()));
        }
        return with(caller, wanted);
    }

    private static Caller with(Caller caller, Optional<UUID> account) {
        return new Caller(caller.id(), caller.login(), caller.roles(), account, caller.keyId());
    }

    private static Problem problem(Authentication answer) {
        String message = answer.refusal().map(r -> r.detail()).orElse("request is not authorized.");
        if (answer.retryAfterSeconds() > 0) {
            return new Problem(
                    429,
                    42_910_000,
                    "THROTTLED",
                    message,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(answer.retryAfterSeconds()));
        }
        return Problems.unauthorised(message);
    }
}
