package org.hmsach.conformance;

import java.time.Duration;
import java.util.List;

/** How services of one contract are called and judged. */
interface Exercise {
    /** The contract. */
    Class<?> spi();

    /** What the platform gives one call. */
    Duration deadline();

    /** One call as the platform makes it. @throws IllegalStateException when the answer is none */
    void once(Object service, int number) throws Exception;

    /** What is wrong with the order or the constancy of what it says. */
    List<String> disorder(Object service) throws Exception;
}
