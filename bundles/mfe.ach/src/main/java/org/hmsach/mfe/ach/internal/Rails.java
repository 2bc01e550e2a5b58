package org.hmsach.mfe.ach.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugIns;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.spi.mfe.PaymentRail;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The seam to payment rails: ours and vendors'. None of their code runs on a thread of ours. */
@Component(service = Rails.class)
public final class Rails {
    private static final Logger LOG = LoggerFactory.getLogger(Rails.class);
    private static final String SPI = PaymentRail.class.getSimpleName();
    private static final Duration NAME_BOUND = Duration.ofMillis(250);
    private static final Duration BOUND = Duration.ofSeconds(2);

    private final PlugIns plugIns;

    /** In ascending order of the framework's preference. */
    @Reference(policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, PaymentRail>> rails = List.of();

    /** None at first. */
    @Activate
    public Rails(@Reference PlugIns plugIns) {
        this.plugIns = plugIns;
    }

    Rails(PlugIns plugIns, List<PaymentRail> rails) {
        this(plugIns);
        this.rails = rails.stream()
                .map(rail -> Map.entry(Map.<String, Object>of(), rail))
                .toList();
    }

    /** One rail behind its guard. */
    record Guarded(String name, PaymentRail rail, PlugIn guard) {
        boolean needsApproval(Transfer transfer) throws PlugInException, InterruptedException {
            return guard.ask("say whether a transfer needs approval", BOUND, () -> rail.needsApproval(transfer));
        }

        void send(Transfer transfer, PaymentRail.Reports reports) throws PlugInException, InterruptedException {
            guard.ask("send a transfer", BOUND, () -> {
                rail.send(transfer, reports);
                return transfer;
            });
        }
    }

    /** The rail of that name. */
    Optional<Guarded> rail(String name) {
        return all().stream().filter(r -> r.name().equals(name)).reduce((worse, better) -> better);
    }

    /** Names of all rails, sorted. */
    TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        all().forEach(r -> names.add(r.name()));
        return names;
    }

    private List<Guarded> all() {
        return rails.stream().flatMap(entry -> guarded(entry).stream()).toList();
    }

    private Optional<Guarded> guarded(Map.Entry<Map<String, Object>, PaymentRail> entry) {
        PaymentRail rail = entry.getValue();
        long bundle = entry.getKey().get(Constants.SERVICE_BUNDLEID) instanceof Long id ? id : 0;
        try {
            String name = plugIns.plugIn(SPI, rail.getClass().getSimpleName(), bundle)
                    .ask("say its name", NAME_BOUND, rail::name);
            return Optional.ofNullable(name).map(said -> new Guarded(said, rail, plugIns.plugIn(SPI, said, bundle)));
        } catch (PlugInException e) {
            LOG.warn("A payment rail of bundle {} has no name: {}", bundle, e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
