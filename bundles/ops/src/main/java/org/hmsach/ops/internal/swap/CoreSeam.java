package org.hmsach.ops.internal.swap;

import java.util.List;
import java.util.Optional;
import org.hmsach.api.module.PlugInStatus;
import org.hmsach.api.module.PlugIns;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.tape.Tape;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The core, which may be away: modules are looked after all the same. */
@Component(service = CoreSeam.class)
public final class CoreSeam {
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Portfolio> portfolios = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Tape> tapes = List.of();

    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<PlugIns> plugIns = List.of();

    /** Without the core at first. */
    @Activate
    public CoreSeam() {
        this(List.of(), List.of());
    }

    CoreSeam(List<Portfolio> portfolios, List<Tape> tapes) {
        this.portfolios = portfolios;
        this.tapes = tapes;
    }

    /** What the core knows now; empty while it is away. */
    public Optional<Portfolio> portfolio() {
        return portfolios.stream().findFirst();
    }

    /** What it tells; empty while it is away. */
    public Optional<Tape> tape() {
        return tapes.stream().findFirst();
    }

    /** The guarded services of a bundle. */
    List<PlugInStatus> plugInsOf(long bundleId) {
        return plugIns.stream()
                .flatMap(guards -> guards.all().stream())
                .filter(plugIn -> plugIn.bundleId() == bundleId)
                .toList();
    }

    /** Names of the required rules; none while the core is away. */
    List<String> requiredRules() {
        return portfolio().map(Portfolio::requiredRules).orElse(List.of());
    }
}
