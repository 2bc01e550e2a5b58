package org.hmsach.mfe.ach.internal;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hmsach.spi.mfe.PaymentRail;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The seam to payment rails: ours and vendors'. */
@Component(service = Rails.class)
public final class Rails {
    /** In ascending order of the framework's preference. */
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<PaymentRail> rails;

    public Rails() {
        this(List.of());
    }

    Rails(List<PaymentRail> rails) {
        this.rails = rails;
    }

    /** The rail of that name. */
    Optional<PaymentRail> rail(String name) {
        return rails.stream().filter(r -> r.name().equals(name)).reduce((worse, better) -> better);
    }

    /** Names of all rails, sorted. */
    TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        rails.forEach(r -> names.add(r.name()));
        return names;
    }
}
