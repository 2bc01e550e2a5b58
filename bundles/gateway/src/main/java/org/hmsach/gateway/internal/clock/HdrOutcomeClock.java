package org.hmsach.gateway.internal.clock;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.hmsach.api.http.OutcomeClock;
import org.osgi.service.component.annotations.Component;

/**
 * One histogram per request kind, two significant digits from a microsecond to one minute; slower answers count as one
 * minute. Each further digit makes a look at the percentiles ten times as long.
 */
@Component(service = {OutcomeClock.class, HdrOutcomeClock.class})
public final class HdrOutcomeClock implements OutcomeClock {
    private static final long MAX_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long MIN_NANOS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final int DIGITS = 2;
    /** Kinds come from annotations, so there are few; the bound guards against a resource that makes them up. */
    private static final int MAX_KINDS = 500;

    private final Map<String, ConcurrentHistogram> histograms = new ConcurrentHashMap<>();

    @Override
    public void record(String kind, long nanos) {
        String known = histograms.containsKey(kind) || histograms.size() < MAX_KINDS ? kind : "other";
        histograms
                .computeIfAbsent(known, k -> new ConcurrentHistogram(MIN_NANOS, MAX_NANOS, DIGITS))
                .recordValue(Math.max(0, Math.min(nanos, MAX_NANOS)));
    }

    @Override
    public List<Outcomes> outcomes() {
        return histograms.entrySet().stream()
                .map(e -> outcomes(e.getKey(), e.getValue()))
                .sorted((a, b) -> a.kind().compareTo(b.kind()))
                .toList();
    }

    private static Outcomes outcomes(String kind, ConcurrentHistogram histogram) {
        return new Outcomes(
                kind,
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getMaxValue());
    }
}
