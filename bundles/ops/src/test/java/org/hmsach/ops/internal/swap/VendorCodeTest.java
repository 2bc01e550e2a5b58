package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.order.Order;
import org.hmsach.api.rule.Verdict;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.spi.mkt.Venue;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Versions whose own code hangs or throws where it is asked while the engine is busy. */
@Timeout(120)
class VendorCodeTest {
    private static final String NAME = "com.acme.words";
    private static final Duration ANSWER = Duration.ofSeconds(1);

    @TempDir
    Path data;

    private final Semaphore never = new Semaphore(0);
    private final AtomicReference<Supplier<String>> rule = new AtomicReference<>(() -> "acme.words");
    private final AtomicReference<Supplier<String>> venueName = new AtomicReference<>(() -> "acme");
    private final AtomicReference<Supplier<Venue.Kind>> venueKind = new AtomicReference<>(() -> Venue.Kind.INTERNAL);

    private TestFelix felix;
    private SwapEngine engine;
    private ShadowDesk desk;
    private OneServes moduleSwitch;
    private Bundle first;

    private final class Check implements OrderCheck {
        @Override
        public String rule() {
            return rule.get().get();
        }

        @Override
        public Verdict check(OrderProposal proposal) {
            return Verdict.allow(rule(), "1", Map.of());
        }
    }

    /** A venue that does not open. */
    private final class Shut implements Venue {
        @Override
        public String name() {
            return venueName.get().get();
        }

        @Override
        public Kind kind() {
            return venueKind.get().get();
        }

        @Override
        public Session open(long incarnation, List<Order> openOrders, Reports to) {
            never.acquireUninterruptibly();
            throw new IllegalStateException("too late");
        }
    }

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        felix.onStarted(bundle -> {
            if (bundle.getLocation().startsWith(ModuleSwitch.BESIDE + NAME)) {
                bundle.getBundleContext().registerService(OrderCheck.class, new Check(), null);
                bundle.getBundleContext().registerService(Venue.class, new Shut(), null);
            }
        });
        first = felix.install(NAME, TestJar.bundle(NAME, "first", Map.of()));
        first.start();
        moduleSwitch = new OneServes(felix.context(), first.getBundleId());
        CoreSeam core = new CoreSeam(List.of(new FakePortfolio()), List.of(new FakeTape()));
        SwapSettings settings = new SwapSettings(data, TestEngine.PATIENCE, ANSWER, TestEngine.PATIENCE);
        engine = new SwapEngine(felix.context(), settings, moduleSwitch, new NoComponents(), core);
        desk = new ShadowDesk(felix.context(), engine, moduleSwitch, core, TestEngine.PATIENCE);
    }

    @AfterEach
    void stopFelix() throws Exception {
        never.release(1_000);
        desk.close();
        engine.close();
        felix.close();
    }

    private <T> T hang() {
        never.acquireUninterruptibly();
        throw new IllegalStateException("too late");
    }

    private static <T> T overflow() {
        throw new StackOverflowError("deep");
    }

    @Test
    void refusesWhatDoesNotTellItsRules() throws Exception {
        List<Supplier<String>> faults = List.of(this::hang, VendorCodeTest::overflow, () -> null);
        List<String> words = List.of("did not end within 1000 ms", "deep", "rule() gave null");
        for (int i = 0; i < faults.size(); i++) {
            rule.set(faults.get(i));
            Operation.Record record = update();
            String said = record.steps().get(record.steps().size() - 1).detail();
            assertEquals(Phase.REFUSED, record.phase(), said);
            assertTrue(said.contains(words.get(i)), said);
            assertEquals(List.of(first), felix.named(NAME), "it is taken out");
        }
        rule.set(() -> "acme.words");
        assertEquals(Phase.DONE, update().phase());
    }

    @Test
    void removesWhatDoesNotTellItsRulesAnyMore() throws Exception {
        first.getBundleContext().registerService(OrderCheck.class, new Check(), null);
        rule.set(this::hang);
        assertEquals("", engine.previewRemoval(NAME).refusal());
    }

    @Test
    void refusesAShadowWhoseVenueHangsOrThrows() throws Exception {
        shadowRefused("did not end within 1000 ms");
        venueKind.set(this::hang);
        shadowRefused("did not end within 1000 ms");
        venueKind.set(VendorCodeTest::overflow);
        shadowRefused("deep");
        venueKind.set(() -> Venue.Kind.INTERNAL);
        venueName.set(() -> null);
        shadowRefused("the venue has no name");
        assertEquals(List.of(), desk.reports());
        try (Errands.Errand errand = engine.errands().begin("to see that it is free")) {
            assertEquals(Phase.DONE, update().phase());
        }
    }

    private void shadowRefused(String why) throws Exception {
        StagedJar jar = jar();
        Refused refused = assertThrows(Refused.class, () -> desk.start(jar, "ann", ""));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(List.of(first), felix.named(NAME), "it is taken out");
    }

    @Test
    void asksAHealthCheckThatHangsNoSecondTime() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HealthCheck check = () -> {
            asked.incrementAndGet();
            return this.<Result>hang();
        };
        first.getBundleContext()
                .registerService(HealthCheck.class, check, new Hashtable<>(Map.of(HealthCheck.NAME, "words")));
        assertEquals(List.of("health check words did not end within 1000 ms"), engine.troubles(NAME));
        assertEquals(List.of("health check words still does not come back"), engine.troubles(NAME));
        assertEquals(1, asked.get());
    }

    private record Config(String data_dir, long ready_ms, long answer_ms, long transform_ms)
            implements SwapEngine.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return SwapEngine.Config.class;
        }
    }

    @Test
    void takesOtherDurationsWhileItRuns() throws Exception {
        engine.modified(new Config(data.toString(), 60_000, 500, 60_000));
        rule.set(this::hang);
        Operation.Record record = update();
        assertTrue(
                record.steps().toString().contains("did not end within 500 ms"),
                record.steps().toString());
    }

    private StagedJar jar() throws Exception {
        byte[] jar = TestJar.bundle(NAME, "next", Map.of("Bundle-Version", "1.1.0"));
        return engine.stage(new ByteArrayInputStream(jar));
    }

    private Operation.Record update() throws Exception {
        Operation operation = engine.update(jar(), new Operation.Request("update", "tester", "", 0));
        return operation.await(one -> one.phase().isEnd(), TestEngine.PATIENCE);
    }
}
