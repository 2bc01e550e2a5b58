package org.hmsach.api.intake;

import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.order.OrderRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The way in for orders: is it a duplicate, are the needed modules here, reference price and fee estimate, the required
 * checks (each time-boxed), then the door. While a module is being replaced callers wait within bounds.
 *
 * <p>Thread-safe. Stages complete exceptionally with {@link org.hmsach.api.refusal.UnavailableException} when a needed
 * module is absent, is being replaced for too long, or too many wait. A refused order is an outcome with a refusal.
 */
@ProviderType
public interface Intake {
    /** Sends an order. */
    CompletionStage<Outcome> place(OrderRequest request, Origin origin);

    /** Asks for the cancellation of an open order. */
    CompletionStage<Outcome> cancel(UUID order, Origin origin);

    /** Asks for the replacement of an open order; the same checks run on the new terms. */
    CompletionStage<Outcome> replace(ReplaceRequest request, Origin origin);

    /** What {@link #place} would do, by the same code, without doing it. */
    CompletionStage<Preview> preview(OrderRequest request, Origin origin);
}
