package org.hmsach.api.http;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Measures, per kind of request, the time from receipt to answer. Thread-safe. */
@ProviderType
public interface OutcomeClock {
    /**
     * What was measured of one kind since start.
     *
     * @param kind     e.g. {@code "order.place"}
     * @param count    number of answers
     * @param p50Nanos median, nanoseconds
     * @param p95Nanos 95th percentile, nanoseconds
     * @param maxNanos largest, nanoseconds
     */
    record Outcomes(String kind, long count, long p50Nanos, long p95Nanos, long maxNanos) {}

    /** Adds one answer. */
    void record(String kind, long nanos);

    /** All kinds, by name. */
    List<Outcomes> outcomes();
}
