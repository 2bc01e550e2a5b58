package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Two versions of ops in one framework: each bundle of the name has an engine of its own while it runs. */
@Timeout(120)
class SuccessionTest {
    private static final String OPS = "org.hmsach.ops";
    private static final String OTHER = "acme.words";
    private static final Duration PATIENCE = TestEngine.PATIENCE;

    @TempDir
    Path data;

    private final Map<Long, SwapEngine> engines = new ConcurrentHashMap<>();
    /** What a bundle does when it has started; an engine of its own where it says nothing else. */
    private final AtomicReference<Consumer<Bundle>> starts = new AtomicReference<>(this::engine);

    private TestFelix felix;
    private OneServes moduleSwitch;
    private Bundle first;

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        byte[] jar = TestJar.bundle(OPS, "first", Map.of());
        first = felix.install(OPS, jar);
        moduleSwitch = new OneServes(felix.context(), first.getBundleId());
        felix.onStarted(bundle -> {
            if (OPS.equals(bundle.getSymbolicName())) {
                starts.get().accept(bundle);
            }
        });
        felix.onStopping(bundle -> silence(bundle.getBundleId()));
        first.start();
    }

    @AfterEach
    void stopFelix() throws Exception {
        felix.close();
    }

    private void engine(Bundle bundle) {
        engines.put(bundle.getBundleId(), TestEngine.in(bundle.getBundleContext(), data, moduleSwitch));
    }

    private void silence(long bundleId) {
        SwapEngine engine = engines.remove(bundleId);
        if (engine != null) {
            engine.close();
        }
    }

    private SwapEngine serving() {
        return engines.get(felix.named(OPS).stream()
                .map(Bundle::getBundleId)
                .filter(moduleSwitch::serves)
                .findFirst()
                .orElseThrow());
    }

    private static byte[] ops(String version) throws Exception {
        return TestJar.bundle(OPS, version, Map.of("Bundle-Version", version));
    }

    private Operation begin(SwapEngine engine, byte[] jar, long watchMs) throws Exception {
        StagedJar staged = engine.stage(new ByteArrayInputStream(jar));
        try {
            return engine.update(staged, new Operation.Request("update", "tester", "to test", watchMs));
        } finally {
            engine.discard(staged);
        }
    }

    private Operation.Record ended(String id) throws Exception {
        return seen(id, record -> record.phase().isEnd());
    }

    private void onProbation(String id) throws Exception {
        seen(id, record -> record.phase() == Phase.WATCH);
    }

    /** Asked of whoever serves just then, as a client would. */
    private Operation.Record seen(String id, Predicate<Operation.Record> wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            SwapEngine asked = serving();
            if (asked != null) {
                Operation.Record record = asked.operation(id, Integer.MAX_VALUE, Duration.ofMillis(10))
                        .orElseThrow();
                if (wanted.test(record)) {
                    return record;
                }
            }
        }
        throw new AssertionError(id + " is not as wanted");
    }

    private List<String> versions() {
        return felix.named(OPS).stream().map(one -> one.getVersion().toString()).toList();
    }

    private static String last(Operation.Record record) {
        return record.steps().get(record.steps().size() - 1).detail();
    }

    private boolean handOverLies() {
        return Files.exists(data.resolve("ops/handover.json"));
    }

    @Test
    void theNewVersionTakesOverEndsTheOperationAndIsReplacedInTurn() throws Exception {
        SwapEngine before = serving();
        Operation begun = begin(before, ops("1.1.0"), 300);
        Operation.Record record = ended(begun.id());
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertEquals(
                List.of(Phase.STAGE, Phase.OVERLAP, Phase.SWITCH, Phase.DRAIN, Phase.WATCH, Phase.REMOVE, Phase.DONE),
                record.steps().stream().map(Operation.Step::phase).toList());
        assertTrue(record.measured().keySet().containsAll(List.of("switchMicros", "overlapMillis", "drainMicros")));
        assertEquals(List.of("1.1.0"), versions());
        DesiredEntry wanted = DesiredFile.at(data).entries().get(OPS);
        assertEquals(record.to().digest(), wanted.digest());
        assertFalse(handOverLies());
        assertEquals(List.of(record), serving().operations(), "one line in the audit trail, the same whoever is asked");
        assertFalse(begun.awaitEnd(PATIENCE).phase().isEnd(), "who waited in the old version is let go");
        Operation.Record again = ended(begin(serving(), ops("1.2.0"), 0).id());
        assertEquals(Phase.DONE, again.phase(), again.steps().toString());
        assertEquals("1.1.0", again.from().version());
        assertEquals(
                Phase.DONE,
                ended(begin(serving(), TestJar.bundle(OTHER, "x", Map.of()), 0).id())
                        .phase());
        Operation back = serving().rollback(OPS, "tester", "it was better", 0);
        assertEquals(Phase.DONE, ended(back.id()).phase());
        assertEquals(List.of("1.1.0"), versions());
    }

    @Test
    void tellsOfTheOperationAndRefusesOthersInBothVersionsMeanwhile() throws Exception {
        SwapEngine before = serving();
        String id = begin(before, ops("1.1.0"), 60_000).id();
        onProbation(id);
        assertTrue(handOverLies());
        SwapEngine now = serving();
        assertTrue(now != before);
        assertEquals(
                Phase.WATCH, now.operation(id, -1, Duration.ZERO).orElseThrow().phase());
        assertEquals(
                List.of(id), now.operations().stream().map(Operation.Record::id).toList());
        byte[] words = TestJar.bundle(OTHER, "x", Map.of());
        for (SwapEngine one : List.of(before, now)) {
            UnavailableException told = assertThrows(UnavailableException.class, () -> begin(one, words, 0));
            assertTrue(told.getMessage().contains(id), told.getMessage());
            assertTrue(told.retryAfterSeconds().isPresent());
            assertThrows(UnavailableException.class, () -> one.errands().begin("backup nightly"));
            assertThrows(Refused.class, () -> begin(one, ops("1.2.0"), 0));
        }
        now.rollback(OPS, "tester", "not today", 0);
        Operation.Record record = ended(id);
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("recalled by tester: not today"), last(record));
        assertEquals(List.of("1.0.0"), versions());
        assertTrue(serving() == before, "the old version never went");
        assertFalse(handOverLies());
        assertEquals(Phase.DONE, ended(begin(before, words, 0).id()).phase());
    }

    @Test
    void isNotReplacedWhileItHasWorkUnderWay() throws Exception {
        try (Errands.Errand errand = serving().errands().begin("backup nightly")) {
            Refused refused = assertThrows(Refused.class, () -> begin(serving(), ops("1.1.0"), 0));
            assertTrue(refused.getMessage().contains("backup nightly"), refused.getMessage());
        }
        Operation other = begin(serving(), TestJar.bundle(OTHER, "x", Map.of()), 60_000);
        Refused refused = assertThrows(Refused.class, () -> begin(serving(), ops("1.1.0"), 0));
        assertTrue(refused.getMessage().contains(other.id()), refused.getMessage());
        serving().rollback(OTHER, "tester", "", 0);
        ended(other.id());
        assertEquals(Phase.DONE, ended(begin(serving(), ops("1.1.0"), 0).id()).phase());
    }

    @Test
    void goesBackFromWhatIsNotWellOnProbation() throws Exception {
        starts.set(bundle -> {
            engine(bundle);
            HealthCheck check = () -> moduleSwitch.serves(bundle.getBundleId())
                    ? new Result(Result.Status.CRITICAL, "not well")
                    : new Result(Result.Status.OK, "well");
            bundle.getBundleContext()
                    .registerService(HealthCheck.class, check, new Hashtable<>(Map.of(HealthCheck.NAME, "it")));
        });
        Operation.Record record = ended(begin(serving(), ops("1.1.0"), 60_000).id());
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("not well"), last(record));
        assertEquals(List.of("1.0.0"), versions());
        assertEquals(Bundle.ACTIVE, first.getState());
    }

    @Test
    void refusesWhatAnswersNoOtherVersionBeforeCallersMove() throws Exception {
        starts.set(bundle -> {});
        Operation.Record record = ended(begin(serving(), ops("1.1.0"), 0).id());
        assertEquals(Phase.REFUSED, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("could not take over"), last(record));
        assertEquals(List.of("1.0.0"), versions());
    }

    @Test
    void servesAgainWhenTheNewVersionDoesNotTakeOver() throws Exception {
        String id = begin(serving(), ops("1.1.0"), 1_500).id();
        onProbation(id);
        silence(moduleSwitch.serving());
        Operation.Record record =
                engines.get(first.getBundleId()).operation(id, 6, PATIENCE).orElseThrow();
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("does not take over"), last(record));
        assertEquals(List.of("1.0.0"), versions());
        assertEquals(first.getBundleId(), moduleSwitch.serving());
    }

    @Test
    void goesBackWhenTheNewVersionIsNotWellAlone() throws Exception {
        starts.set(bundle -> {
            engine(bundle);
            HealthCheck check = () -> first.getState() == Bundle.ACTIVE || bundle.equals(first)
                    ? new Result(Result.Status.OK, "well")
                    : new Result(Result.Status.CRITICAL, "it needs the old version");
            bundle.getBundleContext()
                    .registerService(HealthCheck.class, check, new Hashtable<>(Map.of(HealthCheck.NAME, "it")));
        });
        Operation.Record record = ended(begin(serving(), ops("1.1.0"), 0).id());
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("it needs the old version"), last(record));
        assertEquals(List.of("1.0.0"), versions());
        assertEquals(first.getBundleId(), moduleSwitch.serving());
        assertFalse(handOverLies());
        starts.set(this::engine);
        assertEquals(Phase.DONE, ended(begin(serving(), ops("1.2.0"), 0).id()).phase());
    }

    @Test
    void aStartFindsWhatACrashCutOff() throws Exception {
        SwapEngine before = serving();
        String id = begin(before, ops("1.1.0"), 60_000).id();
        onProbation(id);
        byte[] left = Files.readAllBytes(data.resolve("ops/handover.json"));
        before.rollback(OPS, "tester", "", 0);
        ended(id);
        Files.write(data.resolve("ops/handover.json"), left);
        Files.delete(data.resolve("ops/operations.jsonl"));
        first.stop();
        first.start();
        Operation.Record record = serving().operation(id, -1, Duration.ZERO).orElseThrow();
        assertEquals(Phase.FAILED, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("the server ended in the middle of it"), last(record));
        assertTrue(last(record).contains("1.0.0"), last(record));
        assertFalse(handOverLies());
    }
}
