package org.hmsach.identity.internal.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The core, which holds who may act on which account and which keys are void; it may come and go. */
@Component(service = CoreSeam.class)
public final class CoreSeam {
    private static final long ANSWER_SECONDS = 10;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Portfolio> portfolios;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Door> doors;

    @Activate
    public CoreSeam() {
        this(List.of(), List.of());
    }

    public CoreSeam(List<Portfolio> portfolios, List<Door> doors) {
        this.portfolios = portfolios;
        this.doors = doors;
    }

    /** The core's memory. @throws UnavailableException when the core is away */
    public Portfolio portfolio() {
        return first(portfolios);
    }

    /** Accounts granted to the person; none while the core is away. */
    public Map<UUID, Role> accessOf(UUID person) {
        List<Portfolio> now = portfolios;
        return now.isEmpty() ? Map.of() : now.get(0).accessOf(person);
    }

    /** The person's first account. */
    public Optional<UUID> firstAccountOf(UUID person) {
        return accessOf(person).keySet().stream().sorted().findFirst();
    }

    /** Sends a command and waits for its outcome. @throws UnavailableException when none comes in time */
    public Outcome submit(Command command, Origin origin) {
        CompletableFuture<Outcome> outcome =
                first(doors).submit(command, origin).toCompletableFuture();
        try {
            return outcome.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException away) {
                throw away;
            }
            throw new IllegalStateException(
                    "the core failed on " + command.getClass().getSimpleName(), e);
        } catch (TimeoutException e) {
            throw UnavailableException.core("CORE_SLOW", "the core did not answer in time", 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UnavailableException.core("CORE_SLOW", "waiting for the core was interrupted", 1);
        }
    }

    private static <T> T first(List<T> services) {
        if (services.isEmpty()) {
            throw UnavailableException.core("CORE_UNAVAILABLE", "the core is not there", 2);
        }
        return services.get(0);
    }
}
