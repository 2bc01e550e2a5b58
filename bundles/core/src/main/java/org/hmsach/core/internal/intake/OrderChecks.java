package org.hmsach.core.internal.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.core.internal.guard.BundlePlugIns;
import org.hmsach.core.internal.guard.Guard;
import org.hmsach.core.internal.guard.Guards;
import org.hmsach.spi.gov.OrderCheck;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The one place where the core meets pre-trade checks; each request reads the field once. */
@Component(service = OrderChecks.class)
public final class OrderChecks {
    private static final String SPI = OrderCheck.class.getSimpleName();

    private final ModuleSwitch moduleSwitch;
    private final Guards guards;
    private final Names<OrderCheck> rules;
    private final LongFunction<Map<String, String>> provenance;

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, OrderCheck>> checks = List.of();

    /** Nobody at first. */
    @Activate
    public OrderChecks(BundleContext context, @Reference ModuleSwitch moduleSwitch, @Reference BundlePlugIns plugIns) {
        this(moduleSwitch, plugIns.guards(), new Provenance(context)::of);
    }

    /** @param provenance what is to be added to the verdicts of a bundle */
    OrderChecks(ModuleSwitch moduleSwitch, Guards guards, LongFunction<Map<String, String>> provenance) {
        this.provenance = provenance;
        this.moduleSwitch = moduleSwitch;
        this.guards = guards;
        this.rules = new Names<>(guards, SPI, OrderCheck::rule);
    }

    /** The checks that are here now and serve, in ascending order of ranking. */
    List<Served<OrderCheck>> current() {
        List<Served<OrderCheck>> now = Served.of(checks, moduleSwitch);
        rules.keep(now);
        return now;
    }

    /** The rule of a check; empty when it cannot say. */
    Optional<String> rule(Served<OrderCheck> check) {
        return rules.of(check);
    }

    /** What stands between us and the check. */
    Guard guard(String rule, Served<OrderCheck> check) {
        return guards.guard(SPI, rule, check.bundleId());
    }

    /** Where the verdicts of the check come from, as inputs. */
    Map<String, String> provenance(Served<OrderCheck> check) {
        return provenance.apply(check.bundleId());
    }

    /** Takes a lease for one call. @return false when the check was just relieved: look again */
    boolean enter(Served<OrderCheck> check) {
        return moduleSwitch.enter(check.bundleId());
    }

    /** Gives the lease back. */
    void leave(Served<OrderCheck> check) {
        moduleSwitch.leave(check.bundleId());
    }

    void replace(List<Map.Entry<Map<String, Object>, OrderCheck>> others) {
        checks = List.copyOf(others);
    }
}
