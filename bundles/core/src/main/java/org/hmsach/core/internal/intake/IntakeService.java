package org.hmsach.core.internal.intake;

import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.intake.Intake;
import org.hmsach.api.intake.Preview;
import org.hmsach.api.intake.ReplaceRequest;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.order.OrderRequest;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.tape.Tape;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Intake as a service: puts the seams together. Immediate: it keeps parked orders, also while nobody holds it. */
@Component(service = Intake.class, configurationPid = "org.hmsach.core.intake", immediate = true)
@Designate(ocd = IntakeService.Config.class)
public final class IntakeService implements Intake {
    private final OrderIntake intake;

    /** Settings. */
    @ObjectClassDefinition(name = "HMS-ACH order intake")
    public @interface Config {
        @AttributeDefinition(description = "how long a check may take, milliseconds")
        long check_timeout_ms() default 250;

        @AttributeDefinition(description = "how long an order waits for a module that is being replaced, milliseconds")
        long park_ms() default 5_000;

        @AttributeDefinition(description = "most orders waiting for a module; more get 503")
        int max_parked() default 1_000;

        @AttributeDefinition(description = "reserve of a market buy above the reference price, hundredths of a percent")
        int reserve_collar_bps() default 500;
    }

    /** The three services of the core, kept in one place for the constructor. */
    @Component(service = CoreServices.class)
    public static final class CoreServices {
        private final OrderIntake.Core core;

        /** Door, portfolio and tape, once they are there. */
        @Activate
        public CoreServices(@Reference Door door, @Reference Portfolio portfolio, @Reference Tape tape) {
            this.core = new OrderIntake.Core(door, portfolio, tape);
        }
    }

    /** The seams to modules that come and go. */
    @Component(service = Seams.class)
    public static final class Seams {
        private final OrderChecks checks;
        private final Prices prices;
        private final Fees fees;
        private final Venues venues;
        private final Judgements judgements;

        /** The seams are always there; what stands behind them is not. */
        @Activate
        public Seams(
                @Reference OrderChecks checks,
                @Reference Prices prices,
                @Reference Fees fees,
                @Reference Venues venues,
                @Reference Judgements judgements) {
            this.checks = checks;
            this.prices = prices;
            this.fees = fees;
            this.venues = venues;
            this.judgements = judgements;
        }
    }

    /** Intake over the running core. */
    @Activate
    public IntakeService(
            @Reference CoreServices core, @Reference Seams seams, @Reference ModuleRegistry registry, Config config) {
        Modules modules = new Modules(registry, System::currentTimeMillis);
        this.intake = new OrderIntake(
                core.core,
                new Ground(modules, seams.prices, seams.fees, seams.venues, config.reserve_collar_bps()),
                new CheckRunner(seams.checks, modules, config.check_timeout_ms()),
                new Parking(config.max_parked(), config.park_ms()),
                seams.judgements);
    }

    @Override
    public CompletionStage<Outcome> place(OrderRequest request, Origin origin) {
        return intake.place(request, origin);
    }

    @Override
    public CompletionStage<Outcome> cancel(UUID order, Origin origin) {
        return intake.cancel(order, origin);
    }

    @Override
    public CompletionStage<Outcome> replace(ReplaceRequest request, Origin origin) {
        return intake.replace(request, origin);
    }

    @Override
    public CompletionStage<Preview> preview(OrderRequest request, Origin origin) {
        return intake.preview(request, origin);
    }

    @Deactivate
    void stop() {
        intake.close();
    }
}
