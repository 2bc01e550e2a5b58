package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.tape.Tape;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** What becomes of an operation after callers have moved. */
@Timeout(120)
class WayBackTest {
    private static final String NAME = "com.acme.words";
    private static final Duration PATIENCE = TestEngine.PATIENCE;
    private static final long LONG_MS = 60_000;

    @TempDir
    Path data;

    private final GoingTape tape = new GoingTape();
    private final AtomicReference<Result.Status> health = new AtomicReference<>(Result.Status.OK);

    private TestFelix felix;
    private SwapEngine engine;
    private OneServes moduleSwitch;
    private Bundle first;

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        first = felix.install(NAME, TestJar.bundle(NAME, "first", Map.of()));
        felix.onStarted(bundle -> {
            if (bundle.equals(first)) {
                HealthCheck check = () -> new Result(health.get(), "the feed is away");
                bundle.getBundleContext()
                        .registerService(HealthCheck.class, check, new Hashtable<>(Map.of(HealthCheck.NAME, "words")));
            }
        });
        first.start();
        moduleSwitch = new OneServes(felix.context(), first.getBundleId());
        CoreSeam core = new CoreSeam(List.of(), List.<Tape>of(tape));
        SwapSettings settings = new SwapSettings(data, Duration.ofMillis(100), PATIENCE, PATIENCE);
        engine = new SwapEngine(felix.context(), settings, moduleSwitch, new NoComponents(), core);
    }

    @AfterEach
    void stopFelix() throws Exception {
        engine.close();
        felix.close();
    }

    private Operation update(String version, long watchMs) throws Exception {
        byte[] jar = TestJar.bundle(NAME, version, Map.of("Bundle-Version", version));
        StagedJar staged = engine.stage(new ByteArrayInputStream(jar));
        return engine.update(staged, new Operation.Request("update", "tester", "", watchMs));
    }

    private static Operation.Record ended(Operation operation) throws InterruptedException {
        return operation.await(one -> one.phase().isEnd(), PATIENCE);
    }

    private static String last(Operation.Record record) {
        return record.steps().get(record.steps().size() - 1).detail();
    }

    @Test
    void goesBackToWhatIsUpAndNotWell() throws Exception {
        Operation operation = update("1.1.0", LONG_MS);
        operation.await(one -> one.phase() == Phase.WATCH, PATIENCE);
        health.set(Result.Status.CRITICAL);
        engine.rollback(NAME, "tester", "it is worse", 0);
        Operation.Record record = ended(operation);
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("the feed is away"), last(record));
        assertEquals(List.of(first), felix.named(NAME));
        assertEquals(first.getBundleId(), moduleSwitch.serving());
    }

    @Test
    void goesBackWhenItCannotWatch() throws Exception {
        tape.breakDown();
        Operation.Record record = ended(update("1.1.0", LONG_MS));
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("the probation broke off"), last(record));
        assertEquals(List.of(first), felix.named(NAME));
        assertEquals(first.getBundleId(), moduleSwitch.serving());
    }

    @Test
    void leavesNothingBehindWhenItBreaksOffBeforeTheSwitch() throws Exception {
        engine.listen((module, to) -> {
            throw new StackOverflowError("deep");
        });
        Operation.Record record = ended(update("1.1.0", LONG_MS));
        assertEquals(Phase.FAILED, record.phase(), record.steps().toString());
        assertTrue(last(record).endsWith("deep; the old version serves as before"), last(record));
        assertEquals(List.of(first), felix.named(NAME));
        engine.listen((module, to) -> {});
        assertEquals(Phase.DONE, ended(update("1.2.0", 0)).phase());
    }

    @Test
    void watchesOnWhenTheCoreOpensAnew() throws Exception {
        tape.goAway();
        Operation.Record record = ended(update("1.1.0", 0));
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
    }

    @Test
    void refusesARecallThatComesTooLate() throws Exception {
        AtomicReference<String> told = new AtomicReference<>("");
        felix.onUninstalled(bundle -> {
            if (bundle.equals(first)) {
                told.set(assertThrows(Refused.class, () -> engine.rollback(NAME, "tester", "", 0))
                        .getMessage());
            }
        });
        Operation.Record record = ended(update("1.1.0", 0));
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertTrue(told.get().contains("is in phase REMOVE and cannot be recalled"), told.get());
    }

    @Test
    void refusesARecallOfARemoval() throws Exception {
        Removal removal = new Removal() {
            @Override
            public void requireRemovable(String module) {
                assertThrows(Refused.class, () -> engine.rollback(module, "tester", "", 0));
            }

            @Override
            public void forget(String module) {
                assertEquals(NAME, module);
            }
        };
        Operation.Record record = engine.remove(NAME, new Operation.Request("remove", "tester", "", 0), removal);
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
    }

    @Test
    void freesTheModuleWhenTheAuditTrailCannotBeWritten() throws Exception {
        Path ops = Files.writeString(data.resolve("ops"), "a file where the folder belongs");
        assertEquals(Phase.DONE, ended(update("1.1.0", 0)).phase());
        Files.delete(ops);
        assertEquals(Phase.DONE, ended(update("1.2.0", 0)).phase());
        assertEquals(1, engine.operations().size(), "the second one is written");
        assertEquals(List.of(), engine.errands().close("to see that none is left"));
    }
}
