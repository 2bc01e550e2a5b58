package org.hmsach.gov.checks.internal.policy;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.module.Duty;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.PolicyVersion;
import org.hmsach.api.tape.Tape;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The active policies, as the core has them. It follows activations made elsewhere within a fraction of a second, and
 * activates the standard parameters once where a rule never had any.
 */
@Component(
        service = {PolicyBook.class, PolicySource.class},
        immediate = true)
public final class PolicyBook implements PolicySource {
    /** Version of the standard parameters until they are journalled. */
    static final String BUILT_IN = "built-in";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);
    private static final Origin ORIGIN = Origin.ofModule("gov.checks");
    private static final long ROUND_MS = 200;

    private final Portfolio portfolio;
    private final PolicyJournal journal;
    private final Duty duty;
    private final Set<Rule> activating = EnumSet.noneOf(Rule.class);
    private final ScheduledExecutorService rounds;
    private volatile Map<Rule, Optional<Policy>> policies = Map.of();

    @Activate
    public PolicyBook(
            @Reference Portfolio portfolio, @Reference Tape tape, @Reference Door door, @Reference Duty duty) {
        this.duty = duty;
        this.portfolio = portfolio;
        this.journal = new PolicyJournal(tape, door);
        refresh();
        this.rounds = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gov.checks policies");
            thread.setDaemon(true);
            return thread;
        });
        rounds.scheduleWithFixedDelay(this::round, 0, ROUND_MS, TimeUnit.MILLISECONDS);
    }

    @Deactivate
    public void stop() {
        rounds.shutdownNow();
    }

    @Override
    public Optional<Policy> policy(Rule rule) {
        return policies.getOrDefault(rule, Optional.empty());
    }

    /** Journals and activates parameters. */
    public CompletionStage<Outcome> activate(Rule rule, Map<String, String> parameters, Origin origin) {
        return journal.activate(rule, parameters, origin).whenComplete((outcome, failure) -> {
            if (failure == null && outcome.refusal().isEmpty()) {
                rounds.execute(this::round);
            }
        });
    }

    /** Takes over what is active in the core now. */
    public synchronized void refresh() {
        Map<String, PolicyVersion> active = portfolio.policies();
        Map<Rule, Optional<Policy>> next = new EnumMap<>(Rule.class);
        Map<Rule, PolicyVersion> missing = new EnumMap<>(Rule.class);
        for (Rule rule : Rule.values()) {
            PolicyVersion version = active.get(rule.id());
            Optional<Policy> known = version == null ? Optional.of(builtIn(rule)) : held(rule, version);
            next.put(rule, known);
            if (known.isEmpty()) {
                missing.put(rule, version);
            }
        }
        Map<Rule, Policy> read = journal.read(missing);
        missing.forEach((rule, version) -> {
            Optional<Policy> policy = Optional.ofNullable(read.get(rule));
            next.put(rule, policy);
            if (policy.isEmpty() && !isKnownToBeUnread(rule)) {
                LOG.error(
                        "policy {} version {} is active but its parameters cannot be read; the rule refuses all orders",
                        rule.id(),
                        version.version());
            }
        });
        policies = next;
    }

    /** The core may be going away under us: the next round comes all the same. */
    private void round() {
        try {
            refresh();
            for (Rule rule : Rule.values()) {
                if (!portfolio.policies().containsKey(rule.id()) && duty.isMine()) {
                    activateStandard(rule);
                }
            }
        } catch (RuntimeException theirs) {
            LOG.warn("the active policies cannot be read now, the last ones stay: {}", theirs.toString());
        }
    }

    private void activateStandard(Rule rule) {
        synchronized (activating) {
            if (!activating.add(rule)) {
                return;
            }
        }
        journal.activate(rule, rule.standards(), ORIGIN).whenComplete((outcome, failure) -> {
            if (failure != null) {
                LOG.info("the standard policy of {} is not journalled yet: {}", rule.id(), failure.getMessage());
            }
            synchronized (activating) {
                activating.remove(rule);
            }
        });
    }

    private Optional<Policy> held(Rule rule, PolicyVersion version) {
        return policy(rule).filter(policy -> policy.version().equals(version.version()));
    }

    private boolean isKnownToBeUnread(Rule rule) {
        return policies.containsKey(rule) && policy(rule).isEmpty();
    }

    private static Policy builtIn(Rule rule) {
        return Policy.of(rule, BUILT_IN, rule.standards());
    }
}
