package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.hmsach.api.module.ModuleSwitch;
import org.hmsach.api.order.Side;
import org.hmsach.api.rule.Verdict;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.shadow.ShadowReport;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

@Timeout(120)
class PromotionTest {
    private static final String NAME = "org.hmsach.gov.checks";
    private static final String RULE = "gov.size";
    private static final Duration PATIENCE = TestEngine.PATIENCE;

    @TempDir
    Path data;

    private TestFelix felix;
    private SwapEngine engine;
    private ShadowDesk desk;
    private OneServes moduleSwitch;

    /** The second version, and every later one, refuses all orders. */
    private static final class Refusing implements OrderCheck {
        @Override
        public String rule() {
            return RULE;
        }

        @Override
        public Verdict check(OrderProposal proposal) {
            return Verdict.deny(RULE, "2", "the stricter version refuses all", Map.of("value", "1", "limit", "0"));
        }
    }

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        felix.onStarted(bundle -> {
            if (bundle.getLocation().startsWith(ModuleSwitch.BESIDE + NAME)) {
                bundle.getBundleContext().registerService(OrderCheck.class, new Refusing(), null);
            }
        });
        byte[] shipped = TestJar.bundle(NAME, "shipped", Map.of());
        Bundle first = felix.install(NAME, shipped);
        first.start();
        moduleSwitch = new OneServes(felix.context(), first.getBundleId());
        engine = TestEngine.in(felix.context(), data, moduleSwitch);
        desk = new ShadowDesk(felix.context(), engine, moduleSwitch, new CoreSeam(), PATIENCE);
    }

    @AfterEach
    void stopFelix() throws Exception {
        desk.close();
        engine.close();
        felix.close();
    }

    @Test
    void comparesAndMovesCallersOnlyForASecondPerson() throws Exception {
        ShadowReport begun = shadow("1.1.0", "ann");
        assertEquals("1.0.0", engine.version(NAME).version(), "the old one serves");
        UUID order = order();
        ShadowReport seen = compared(begun.id(), 1);
        assertEquals(1, seen.counts().stricter());
        assertEquals(order.toString(), seen.rows().get(0).disagreements().get(0).order());
        Refused refused = assertThrows(Refused.class, () -> desk.promote(begun.id(), request("Ann")));
        assertTrue(refused.getMessage().contains("'ann'"), refused.getMessage());
        assertTrue(refused.getMessage().contains("'Ann'"), refused.getMessage());
        Operation operation = desk.promote(begun.id(), request("bob"));
        Operation.Record record = operation.await(one -> one.phase().isEnd(), PATIENCE);
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertEquals("1.1.0", engine.version(NAME).version());
        assertEquals(1, named().size(), named().toString());
        assertEquals("bob", record.request().who());
        String line = Files.readString(data.resolve("ops/operations.jsonl"));
        assertTrue(line.contains("\"stagedBy\":\"ann\"") && line.contains(order.toString()), line);
        assertTrue(desk.report(begun.id()).orElseThrow().state().startsWith("promoted by bob"));
    }

    @Test
    void runsSeveralAtOnceAndEndsThoseThatAnotherVersionOvertakes() throws Exception {
        ShadowReport one = shadow("1.1.0", "ann");
        ShadowReport two = shadow("1.2.0", "ann");
        assertThrows(Refused.class, () -> shadow("1.2.0", "bob"), "the same jar");
        order();
        compared(one.id(), 1);
        compared(two.id(), 1);
        Operation.Record record =
                desk.promote(two.id(), request("bob")).await(end -> end.phase().isEnd(), PATIENCE);
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertTrue(desk.report(one.id()).orElseThrow().state().startsWith("ended: another version"));
        assertEquals(
                List.of("1.2.0"),
                named().stream().map(bundle -> bundle.getVersion().toString()).toList());
    }

    @Test
    void takesAStoppedShadowOutAndLeavesWhatServes() throws Exception {
        ShadowReport one = shadow("1.1.0", "ann");
        assertEquals("stopped by bob", desk.stop(one.id(), "bob").state());
        assertEquals("1.0.0", engine.version(NAME).version());
        assertEquals(1, named().size(), named().toString());
        assertThrows(Refused.class, () -> desk.stop(one.id(), "bob"));
        assertThrows(Refused.class, () -> desk.promote(one.id(), request("bob")));
    }

    @Test
    void refusesWhatOffersNothingToCompareAndWhatServesAlready() throws Exception {
        StagedJar words = stage(TestJar.bundle("acme.words", "x", Map.of()));
        Refused refused = assertThrows(Refused.class, () -> desk.start(words, "ann", ""));
        assertTrue(refused.getMessage().contains("nothing to compare"), refused.getMessage());
        byte[] next = TestJar.bundle(NAME, "next", Map.of("Bundle-Version", "1.1.0"));
        Operation.Request update = new Operation.Request("update", "ann", "", 0);
        engine.update(stage(next), update).await(end -> end.phase().isEnd(), PATIENCE);
        assertThrows(Refused.class, () -> desk.start(stage(next), "ann", ""));
    }

    @Test
    void looksAtTheJarThatServesWithoutTouchingIt() throws Exception {
        byte[] next = TestJar.bundle(NAME, "next", Map.of("Bundle-Version", "1.1.0"));
        Operation.Request update = new Operation.Request("update", "ann", "", 0);
        engine.update(stage(next), update).await(end -> end.phase().isEnd(), PATIENCE);
        Bundle serving = felix.context().getBundle(moduleSwitch.serving());
        assertEquals("", engine.preview(stage(next)).refusal());
        assertEquals(Bundle.ACTIVE, serving.getState());
        Operation.Record again =
                engine.update(stage(next), update).await(end -> end.phase().isEnd(), PATIENCE);
        assertEquals(Phase.DONE, again.phase(), again.steps().toString());
        assertEquals(1, named().size(), named().toString());
    }

    private static Operation.Request request(String who) {
        return new Operation.Request("promote", who, "the report is clean", 0);
    }

    private ShadowReport shadow(String version, String who) throws Exception {
        return desk.start(stage(TestJar.bundle(NAME, version, Map.of("Bundle-Version", version))), who, "to see");
    }

    private StagedJar stage(byte[] jar) throws Refused {
        return engine.stage(new ByteArrayInputStream(jar));
    }

    private UUID order() {
        UUID order = Samples.newId();
        desk.judged(
                Samples.proposal(Samples.limit(Side.BUY, "IBM", "1", "99"), Optional.empty()),
                List.of(Verdict.allow(RULE, "1", Map.of())),
                Optional.of(order));
        return order;
    }

    private ShadowReport compared(String id, long orders) {
        ShadowReport report = desk.report(id).orElseThrow();
        while (report.counts().compared() < orders) {
            LockSupport.parkNanos(1_000_000);
            report = desk.report(id).orElseThrow();
        }
        return report;
    }

    private List<Bundle> named() {
        return felix.named(NAME);
    }
}
