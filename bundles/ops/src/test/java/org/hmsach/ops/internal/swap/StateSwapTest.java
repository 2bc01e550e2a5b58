package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hmsach.api.module.StateTransform;
import org.hmsach.api.sql.SqlMigrations;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

@Timeout(120)
class StateSwapTest {
    private static final String NAME = "acme.words";
    private static final String STATE = "org.hmsach.state;";
    private static final String FIRST = STATE + "form:Long=1";
    private static final String SECOND = STATE + "form:Long=2;upgradeFrom:Long=1;downgradeTo:Long=1";
    private static final String LATER = "later";
    private static final Duration PATIENCE = TestEngine.PATIENCE;
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final long LONG_MS = 60_000;

    @TempDir
    Path data;

    private TestFelix felix;
    private SwapEngine engine;
    private OneServes moduleSwitch;
    private WordFiles words;

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        words = new WordFiles(data);
        felix.onStarted(bundle -> {
            if (bundle.getVersion().getMajor() == 2) {
                bundle.getBundleContext().registerService(StateTransform.class, words, null);
            }
        });
        byte[] shipped = TestJar.bundle(NAME, "first", Map.of("Provide-Capability", FIRST));
        Bundle first = felix.install(NAME, shipped);
        first.start();
        moduleSwitch = new OneServes(felix.context(), first.getBundleId());
        engine = TestEngine.in(felix.context(), new SwapSettings(data, PATIENCE, PATIENCE, BOUND), moduleSwitch);
        words.write(1, "one");
    }

    @AfterEach
    void stopFelix() throws Exception {
        engine.close();
        felix.close();
    }

    @Test
    void upgradesBesideWhatServesAndGoesBackWithAllThatWasWritten() throws Exception {
        List<String> served = new ArrayList<>();
        words.meanwhile(() -> {
            served.add(serving());
            words.write(1, LATER);
        });
        Operation.Record record = ended(update("2.0.0", SECOND, 0));
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertEquals(List.of("1.0.0"), served, "the old version serves meanwhile");
        assertEquals(List.of("one", LATER), words.words(2));
        assertEquals("state goes from form 1 to form 2; the version before is used meanwhile", told(record));
        assertTrue(
                phases(record).indexOf(Phase.TRANSFORM) < phases(record).indexOf(Phase.SWITCH),
                record.steps().toString());
        assertTrue(
                record.measured().containsKey("transformMillis"),
                record.measured().toString());

        words.write(2, "two");
        words.meanwhile(() -> {
            served.add(serving());
            words.write(2, "last");
        });
        Operation.Record back = ended(engine.rollback(NAME, "tester", "", 0));
        assertEquals(Phase.DONE, back.phase(), back.steps().toString());
        assertEquals(List.of("1.0.0", "2.0.0"), served, "the newer version serves meanwhile");
        assertEquals("1.0.0", serving());
        assertEquals(List.of("one", LATER, "two", "last"), words.words(1));
        assertEquals("state goes from form 2 to form 1; the version before is used meanwhile", told(back));
    }

    @Test
    void bringsTheStateBackFromProbation() throws Exception {
        Operation operation = update("2.0.0", SECOND, LONG_MS);
        operation.await(one -> one.phase() == Phase.WATCH, PATIENCE);
        words.write(2, "two");
        engine.rollback(NAME, "tester", "as an exercise", 0);
        Operation.Record record = ended(operation);
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertEquals("1.0.0", serving());
        assertEquals(List.of("one", "two"), words.words(1));
        assertFalse(last(record).contains("is not in its state"), last(record));
        assertTrue(
                record.measured().containsKey("transformBackMillis"),
                record.measured().toString());
    }

    @Test
    void comesBackAndSaysSoWhenTheStateDoesNot() throws Exception {
        Operation operation = update("2.0.0", SECOND, LONG_MS);
        operation.await(one -> one.phase() == Phase.WATCH, PATIENCE);
        words.write(2, "two");
        words.fail(WordFiles.Fault.DOWNGRADE_THROWS);
        engine.rollback(NAME, "tester", "", 0);
        Operation.Record record = ended(operation);
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertEquals("1.0.0", serving());
        assertEquals(List.of("one"), words.words(1));
        assertTrue(
                last(record).contains("what was written since the switch is not in its state")
                        && last(record).contains("the disk is full"),
                last(record));
    }

    @Test
    void keepsTheOldOneWhenTheTransformFailsOrHangs() throws Exception {
        words.fail(WordFiles.Fault.UPGRADE_THROWS);
        refused(update("2.0.0", SECOND, 0), "upgrade from form 1 to 2", "the third word is too long");
        assertFalse(words.exists(2), "what was half done is taken back");
        words.fail(WordFiles.Fault.UPGRADE_HANGS);
        refused(update("2.0.0", SECOND, 0), "upgrade from form 1 to 2", "did not end within 10000 ms");
        assertFalse(words.exists(2), "what was half done is taken back");
        assertEquals(List.of("one"), words.words(1));
    }

    @Test
    void goesBackByItselfWhenTheUpgradeCannotBeFinished() throws Exception {
        words.fail(WordFiles.Fault.FINISH_THROWS);
        Operation.Record record = ended(update("2.0.0", SECOND, LONG_MS));
        assertEquals(Phase.ROLLED_BACK, record.phase(), record.steps().toString());
        assertTrue(last(record).contains("the last word is too long"), last(record));
        assertEquals("1.0.0", serving());
    }

    @Test
    void refusesWhatDoesNotFollowWhatRunsOrCouldNotGiveWay() throws Exception {
        String twice = STATE + "form:Long=3;upgradeFrom:Long=2;downgradeTo:Long=1";
        refused(update("2.1.0", twice, 0), "takes over form 2 at the oldest (upgradeFrom)", "state in form 1");
        String oneWay = STATE + "form:Long=2;upgradeFrom:Long=1";
        refused(update("2.1.0", oneWay, 0), "gives back to form 2 at the oldest (downgradeTo)", "state in form 1");
        Operation.Record none =
                ended(engine.update(jar("1.1.0", Map.of()), new Operation.Request("update", "tester", "", 0)));
        assertTrue(last(none).contains("declares no state (form 0)"), last(none));
        refused(update("2.1.0", STATE + "form=2", 0), "acme.words 2.1.0 is wrong", "must be a Long");
        ended(update("2.0.0", SECOND, 0));
        ended(update("2.1.0", STATE + "form:Long=3;upgradeFrom:Long=2;downgradeTo:Long=2", 0));
        assertEquals("2.1.0", serving());
        Operation.Record older = ended(update("1.1.0", FIRST, 0));
        assertEquals(Phase.REFUSED, older.phase());
        assertTrue(last(older).contains("gives it back to form 2 at the oldest (downgradeTo)"), last(older));
    }

    @Test
    void previewsTheFormsAndTheScripts() throws Exception {
        Map<String, String> headers = Map.of("Provide-Capability", SECOND + ";sqlUnit=words");
        String none = engine.preview(jar("2.0.0", headers)).refusal();
        assertTrue(none.contains("no store is here") && none.contains("unit words"), none);
        Scripts scripts = new Scripts();
        felix.context().registerService(SqlMigrations.class, scripts, null);
        Preview preview = engine.preview(jar("2.0.0", headers));
        assertEquals("", preview.refusal());
        assertEquals(new Preview.State(1, 2, 1, 1), preview.state());
        assertEquals(List.of("V2__more.sql"), preview.migrations());
        assertEquals(List.of(), scripts.ran, "a preview runs nothing");
        StagedJar stray = engine.stage(new ByteArrayInputStream(TestJar.bundle(
                NAME, "second", Map.of("Bundle-Version", "1.2.0"), "db/migration/V1__words.sql", "select 1;")));
        String refusal = engine.preview(stray).refusal();
        assertTrue(refusal.contains("has SQL scripts in db/migration and does not say of which unit"), refusal);
    }

    @Test
    void runsScriptsBeforeTheNewVersionStarts() throws Exception {
        Scripts scripts = new Scripts();
        felix.context().registerService(SqlMigrations.class, scripts, null);
        Operation.Record record = ended(update("2.0.0", SECOND + ";sqlUnit=words", 0));
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertEquals(List.of("words of 2.0.0, not started, beside 1.0.0"), scripts.ran);
        assertTrue(told(record).startsWith("SQL scripts [V2__more.sql] of unit words are run"), told(record));
        scripts.failure = "V2__more.sql has no semicolon";
        scripts.ran.clear();
        Operation.Record failed = ended(update("2.1.0", SECOND + ";sqlUnit=words", 0));
        assertEquals(Phase.REFUSED, failed.phase(), failed.steps().toString());
        assertTrue(last(failed).contains(scripts.failure), last(failed));
        assertEquals("2.0.0", serving());
    }

    /** A store that has one script to run each time. */
    private final class Scripts implements SqlMigrations {
        private final List<String> ran = new ArrayList<>();
        private String failure = "";

        @Override
        public List<String> pending(Bundle bundle, String unit) {
            return List.of("V2__more.sql");
        }

        @Override
        public List<String> migrate(Bundle bundle, String unit) {
            if (!failure.isEmpty()) {
                throw new IllegalStateException(failure);
            }
            String state = bundle.getState() == Bundle.ACTIVE ? "started" : "not started";
            ran.add(unit + " of " + bundle.getVersion() + ", " + state + ", beside " + serving());
            return List.of("V2__more.sql");
        }
    }

    private StagedJar jar(String version, Map<String, String> headers) throws Exception {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Bundle-Version", version);
        return engine.stage(new ByteArrayInputStream(TestJar.bundle(NAME, version, all)));
    }

    private Operation update(String version, String capability, long watchMs) throws Exception {
        return engine.update(
                jar(version, Map.of("Provide-Capability", capability)),
                new Operation.Request("update", "tester", "", watchMs));
    }

    private static Operation.Record ended(Operation operation) throws InterruptedException {
        return operation.await(one -> one.phase().isEnd(), PATIENCE);
    }

    private void refused(Operation operation, String... parts) throws InterruptedException {
        Operation.Record record = ended(operation);
        assertEquals(Phase.REFUSED, record.phase(), record.steps().toString());
        for (String part : parts) {
            assertTrue(last(record).contains(part), last(record));
        }
        assertEquals("1.0.0", serving());
    }

    private String serving() {
        return felix.context().getBundle(moduleSwitch.serving()).getVersion().toString();
    }

    private static List<Phase> phases(Operation.Record record) {
        return record.steps().stream().map(Operation.Step::phase).toList();
    }

    /** The first thing that was told about the state. */
    private static String told(Operation.Record record) {
        return record.steps().stream()
                .filter(one -> one.phase() == Phase.TRANSFORM)
                .findFirst()
                .map(Operation.Step::detail)
                .orElse("");
    }

    private static String last(Operation.Record record) {
        return record.steps().get(record.steps().size() - 1).detail();
    }
}
