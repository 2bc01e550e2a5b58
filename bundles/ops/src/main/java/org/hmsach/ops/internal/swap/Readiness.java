package org.hmsach.ops.internal.swap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.ops.internal.frame.AskedOnce;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Whether a bundle is well: active, its components satisfied, its own health checks content. */
final class Readiness {
    private final BundleContext context;
    private final ServiceComponentRuntime components;
    private final Supplier<Duration> answer;
    private final AskedOnce<ServiceReference<?>, Optional<Said>> checks = new AskedOnce<>();

    private static final Set<Result.Status> WELL = Set.of(Result.Status.OK, Result.Status.WARN);
    private static final Set<Result.Status> WELL_OR_COMING =
            Set.of(Result.Status.OK, Result.Status.WARN, Result.Status.TEMPORARILY_UNAVAILABLE);

    /** @param answer how long a health check may take */
    Readiness(BundleContext context, ServiceComponentRuntime components, Supplier<Duration> answer) {
        this.answer = answer;
        this.context = context;
        this.components = components;
    }

    /** What is wrong or missing. @param tolerated components that may wait: they waited in the old version, too */
    List<String> troubles(Bundle bundle, Set<String> tolerated) throws InterruptedException {
        return troubles(bundle, tolerated, WELL);
    }

    /** The same, but for checks that say it will be well by itself: what callers just came to may have to begin. */
    List<String> lasting(Bundle bundle, Set<String> tolerated) throws InterruptedException {
        return troubles(bundle, tolerated, WELL_OR_COMING);
    }

    private List<String> troubles(Bundle bundle, Set<String> tolerated, Set<Result.Status> good)
            throws InterruptedException {
        if (bundle.getState() != Bundle.ACTIVE) {
            return List.of(bundle + " is not active");
        }
        List<String> troubles = new ArrayList<>(failures(bundle));
        waiting(bundle).stream()
                .filter(name -> !tolerated.contains(name))
                .forEach(name -> troubles.add(name + " waits"));
        troubles.addAll(unhealthy(bundle, good));
        return troubles;
    }

    /** Whether it is active and its components came up, whatever its health checks say. */
    boolean isUp(Bundle bundle, Set<String> tolerated) {
        return bundle.getState() == Bundle.ACTIVE
                && failures(bundle).isEmpty()
                && tolerated.containsAll(waiting(bundle));
    }

    /** Components whose activation failed. */
    List<String> failures(Bundle bundle) {
        List<String> failures = new ArrayList<>();
        for (ComponentDescriptionDTO one : components.getComponentDescriptionDTOs(bundle)) {
            for (ComponentConfigurationDTO made : components.getComponentConfigurationDTOs(one)) {
                if (made.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    String why = made.failure == null
                            ? "?"
                            : made.failure.lines().findFirst().orElse("?");
                    failures.add(one.name + " failed: " + why);
                }
            }
        }
        return failures;
    }

    /** Components that wait for a configuration or for somebody's service. */
    Set<String> waiting(Bundle bundle) {
        return components.getComponentDescriptionDTOs(bundle).stream()
                .filter(one -> components.isComponentEnabled(one))
                .filter(one -> components.getComponentConfigurationDTOs(one).stream()
                        .noneMatch(made -> made.state == ComponentConfigurationDTO.SATISFIED
                                || made.state == ComponentConfigurationDTO.ACTIVE
                                || made.state == ComponentConfigurationDTO.FAILED_ACTIVATION))
                .map(one -> one.name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> unhealthy(Bundle bundle, Set<Result.Status> good) throws InterruptedException {
        ServiceReference<?>[] registered = bundle.getRegisteredServices();
        List<String> troubles = new ArrayList<>();
        if (registered == null) {
            return troubles;
        }
        for (ServiceReference<?> reference : registered) {
            String[] types = (String[]) reference.getProperty("objectClass");
            if (Arrays.asList(types).contains(HealthCheck.class.getName())) {
                ask(reference, good).ifPresent(troubles::add);
            }
        }
        return troubles;
    }

    private Optional<String> ask(ServiceReference<?> reference, Set<Result.Status> good) throws InterruptedException {
        String name = "health check " + reference.getProperty(HealthCheck.NAME);
        try {
            return checks.ask(reference, name, answer.get(), () -> execute(reference))
                    .filter(said -> !good.contains(said.status()))
                    .map(said -> name + " says " + said.status() + ": " + said.text());
        } catch (TimeoutException e) {
            return Optional.of(e.getMessage());
        } catch (ExecutionException e) {
            return Optional.of(name + " failed: " + e.getCause());
        }
    }

    private record Said(Result.Status status, String text) {
        private Said {
            Objects.requireNonNull(status, "the result has no status");
        }
    }

    /** The check's own code, and what makes it. @return empty when it goes just now */
    private Optional<Said> execute(ServiceReference<?> reference) {
        if (!(context.getService(reference) instanceof HealthCheck check)) {
            return Optional.empty();
        }
        try {
            Result result = Objects.requireNonNull(check.execute(), "it gave no result");
            return Optional.of(new Said(result.getStatus(), said(result)));
        } finally {
            context.ungetService(reference);
        }
    }

    private static String said(Result result) {
        StringBuilder text = new StringBuilder();
        result.forEach(entry -> text.append(text.length() == 0 ? "" : "; ").append(entry.getMessage()));
        return text.toString();
    }
}
