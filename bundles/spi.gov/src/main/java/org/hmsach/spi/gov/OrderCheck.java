package org.hmsach.spi.gov;

import org.hmsach.api.rule.Verdict;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A pre-trade check. Register it as an OSGi service; the core asks it about every order and replacement, also in
 * previews, and refuses orders without an allow-verdict of each <em>required</em> rule.
 *
 * <p>Thread-safe. It gets a bounded time (250 ms by default); a check that is slower, throws or gives a verdict with
 * another rule name counts as no answer. It must not call back into the core.
 */
@ConsumerType
public interface OrderCheck {
    /**
     * Name of the rule, e.g. {@code "gov.collar"} or {@code "acme.max-shares"}; the same for the life of the
     * service.
     */
    String rule();

    /** Judges the proposal; never null. The verdict's rule must be {@link #rule()}. */
    Verdict check(OrderProposal proposal);
}
