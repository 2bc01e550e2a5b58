package org.hmsach.gateway.internal.clock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The process's meters, in the Prometheus text format. */
@Component(service = Metrics.class)
public final class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicInteger parked = new AtomicInteger();

    @Activate
    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("hms.streams.open", streams, AtomicInteger::get).register(registry);
        Gauge.builder("hms.requests.parked", parked, AtomicInteger::get).register(registry);
    }

    @Deactivate
    void close() {
        registry.close();
    }

    /** One answer of a request kind. */
    public void answered(String kind, int status, long nanos) {
        Tags tags = Tags.of("kind", kind, "status", Integer.toString(status));
        registry.timer("hms.requests", tags).record(Duration.ofNanos(nanos));
    }

    /** One event of the tape about an order. */
    public void orderEvent(String event) {
        registry.counter("hms.orders.events", "event", event).increment();
    }

    /** A base path has a new generation, or none. */
    public void swapped(String base, Duration took) {
        registry.timer("hms.swaps", "base", base).record(took);
    }

    /** So many messages were put on a stream. */
    public void streamed(String stream, long messages) {
        registry.counter("hms.streams.messages", "stream", stream).increment(messages);
    }

    /** A stream was opened (1) or closed (-1). */
    public void streamCount(int change) {
        streams.addAndGet(change);
    }

    /** A request waits for a base that is being replaced (1), or waits no longer (-1). */
    public void parked(int change) {
        parked.addAndGet(change);
    }

    /** All meters as text. */
    public String text() {
        return registry.scrape();
    }
}
