package org.hmsach.ops.internal.shadow;

import java.util.List;
import java.util.function.Supplier;

/**
 * One question about one order.
 *
 * @param rule what it is about
 * @param ask  calls the shadow's own code, which may throw or hang
 */
record Question(String rule, Supplier<Comparison> ask) {
    /** What a shadow is asked about an order. */
    interface Source {
        /** The questions; empty when the order is not its business. */
        List<Question> of(Judged judged);
    }
}
