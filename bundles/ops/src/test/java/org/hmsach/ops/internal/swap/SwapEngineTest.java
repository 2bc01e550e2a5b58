package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
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

class SwapEngineTest {
    private static final String NAME = "org.hmsach.gov.checks";
    private static final Duration PATIENCE = TestEngine.PATIENCE;

    @TempDir
    Path data;

    private TestFelix felix;
    private SwapEngine engine;
    private OneServes moduleSwitch;

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        byte[] shipped = TestJar.bundle(NAME, "shipped", Map.of());
        StagedJar staged = StagedJar.read(Files.write(data.resolve("shipped.jar"), shipped));
        DesiredFile.at(data)
                .put(new DesiredEntry(NAME, "1.0.0", staged.digest(), 60, Origin.FEATURE, staged.digest(), ""));
        Bundle first = felix.install(NAME, shipped);
        first.start();
        moduleSwitch = new OneServes(felix.context(), first.getBundleId());
        engine = TestEngine.in(felix.context(), data, moduleSwitch);
    }

    @AfterEach
    void stopFelix() throws Exception {
        engine.close();
        felix.close();
    }

    private Operation.Record update(byte[] jar) throws Exception {
        StagedJar staged = engine.stage(new ByteArrayInputStream(jar));
        Operation operation = engine.update(staged, new Operation.Request("update", "tester", "to test", 0));
        engine.discard(staged);
        return operation.await(one -> one.phase().isEnd(), PATIENCE);
    }

    /** The one bundle of the name that is there. */
    private String content(String name) throws Exception {
        List<Bundle> all = felix.named(name);
        assertEquals(1, all.size(), all.toString());
        assertEquals(Bundle.ACTIVE, all.get(0).getState());
        try (InputStream in = all.get(0).getEntry("content.txt").openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private DesiredEntry desired(String name) {
        return DesiredFile.at(data).entries().get(name);
    }

    @Test
    void swapsSideBySideAndWantsTheNewJarAtTheNextStart() throws Exception {
        Operation.Record record = update(TestJar.bundle(NAME, "newer", Map.of("Bundle-Version", "1.1.0")));
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertEquals("newer", content(NAME));
        assertEquals("1.0.0", record.from().version());
        assertEquals("1.1.0", record.to().version());
        assertEquals(Origin.OPERATOR, desired(NAME).origin());
        assertEquals(record.to().digest(), desired(NAME).digest());
        assertTrue(Files.exists(data.resolve("bundles").resolve(record.to().digest() + ".jar")));
        assertTrue(Files.exists(data.resolve("bundles").resolve(record.from().digest() + ".jar")), "the way back");
        Bundle now = felix.context().getBundle(moduleSwitch.serving());
        assertEquals("1.1.0", now.getVersion().toString(), "callers have moved");
    }

    @Test
    void putsTwoBuildsOfOneVersionSideBySideAndGoesBackToTheShippedOne() throws Exception {
        assertEquals(Phase.DONE, update(TestJar.bundle(NAME, "newer", Map.of())).phase());
        assertEquals("newer", content(NAME));
        Operation back = engine.rollback(NAME, "tester", "it was better", 0);
        assertEquals(
                Phase.DONE, back.await(one -> one.phase().isEnd(), PATIENCE).phase());
        assertEquals("shipped", content(NAME));
        assertEquals(Origin.FEATURE, desired(NAME).origin());
        assertEquals(
                List.of("update", "rollback"),
                engine.operations().stream().map(one -> one.request().kind()).toList());
    }

    @Test
    void keepsTheOldOneWhenTheNewOneDoesNotResolve() throws Exception {
        byte[] broken = TestJar.bundle(NAME, "broken", Map.of("Import-Package", "not.there"));
        Operation.Record record = update(broken);
        assertEquals(Phase.REFUSED, record.phase());
        String said = record.steps().get(record.steps().size() - 1).detail();
        assertTrue(said.contains("not.there"), said);
        assertEquals("shipped", content(NAME));
        assertEquals(Origin.FEATURE, desired(NAME).origin());
    }

    @Test
    void previewsWithoutMovingAnything() throws Exception {
        Map<String, String> headers = Map.of(
                "Provide-Capability", "osgi.service;objectClass:List<String>=\"a.Service\"", "Bundle-Version", "2.0.0");
        StagedJar staged = engine.stage(new ByteArrayInputStream(TestJar.bundle(NAME, "newer", headers)));
        Preview preview = engine.preview(staged);
        engine.discard(staged);
        assertEquals("", preview.refusal());
        assertEquals("beside", preview.way());
        assertEquals(List.of("a.Service"), preview.servicesCome());
        assertEquals(List.of(), preview.refreshed());
        assertEquals("shipped", content(NAME));
    }

    @Test
    void refusesToRestartUnrelatedBundles() throws Exception {
        Map<String, String> exports = Map.of("Export-Package", "a.words", "Bundle-Version", "1.0.1");
        assertEquals(
                Phase.DONE,
                update(TestJar.bundle("acme.words", "words", exports)).phase());
        Map<String, String> imports = Map.of("Import-Package", "a.words");
        assertEquals(
                Phase.DONE, update(TestJar.bundle("acme.user", "user", imports)).phase());
        Operation.Record record = update(TestJar.bundle("acme.words", "newer", exports));
        assertEquals(Phase.REFUSED, record.phase(), record.steps().toString());
        assertTrue(
                record.steps().toString().contains("acme.user"), record.steps().toString());
        assertEquals("words", content("acme.words"));
    }

    @Test
    void refusesWhatIsNoBundleAndWhatNeedsARestart() throws Exception {
        InputStream plain = new ByteArrayInputStream(TestJar.plain("x"));
        InputStream noise = new ByteArrayInputStream("no jar at all".getBytes(StandardCharsets.UTF_8));
        assertThrows(Refused.class, () -> engine.stage(plain));
        assertThrows(Refused.class, () -> engine.stage(noise));
        Operation.Record record = update(TestJar.bundle("org.hmsach.core", "x", Map.of()));
        assertEquals(Phase.REFUSED, record.phase());
        assertTrue(
                record.steps().toString().contains("planned restart"),
                record.steps().toString());
        assertThrows(Refused.class, () -> engine.rollback(NAME, "tester", "", 0));
        try (var left = Files.list(data.resolve("tmp"))) {
            assertEquals(0, left.count());
        }
        assertFalse(DesiredFile.at(data).entries().containsKey("org.hmsach.core"));
    }

    @Test
    void recordsARemovalAndBringsWhatWasRemovedBack() throws Exception {
        update(TestJar.bundle("acme.words", "words", Map.of()));
        Operation.Request request = new Operation.Request("remove", "tester", "the contract ended", 0);
        assertEquals("remove", engine.previewRemoval("acme.words").way());
        Operation.Record record = engine.remove("acme.words", request, removal());
        assertEquals(Phase.DONE, record.phase(), record.steps().toString());
        assertEquals("1.0.0", record.from().version());
        assertEquals(Version.NONE, record.to());
        assertEquals(record, engine.operation(record.id(), 0, Duration.ZERO).orElseThrow());
        assertTrue(Files.readString(data.resolve("ops/operations.jsonl")).contains("the contract ended"));
        Operation back = engine.rollback("acme.words", "tester", "it did not", 0);
        assertEquals(
                Phase.DONE, back.await(one -> one.phase().isEnd(), PATIENCE).phase());
        assertEquals("words", content("acme.words"));
    }

    @Test
    void refusesToRemoveWhatOthersStandOn() throws Exception {
        update(TestJar.bundle("acme.words", "words", Map.of("Export-Package", "a.words")));
        update(TestJar.bundle("acme.user", "user", Map.of("Import-Package", "a.words")));
        Operation.Request request = new Operation.Request("remove", "tester", "", 0);
        Refused refused = assertThrows(Refused.class, () -> engine.remove("acme.words", request, removal()));
        assertTrue(refused.getMessage().contains("acme.user"), refused.getMessage());
        assertEquals("words", content("acme.words"));
        List<Operation.Record> all = engine.operations();
        assertEquals(Phase.REFUSED, all.get(all.size() - 1).phase());
        assertThrows(Refused.class, () -> engine.previewRemoval("acme.nobody"));
    }

    @Test
    void leavesWhatLiesInTheLoadFolderThere() throws Exception {
        Path dropped = data.resolve("load/vendor.jar");
        Files.createDirectories(dropped.getParent());
        Files.write(dropped, TestJar.bundle("acme.words", "dropped", Map.of()));
        felix.context().installBundle(dropped.toFile().toURI().toString()).start();
        String refusal = engine.previewRemoval("acme.words").refusal();
        assertTrue(refusal.contains("lies in the load folder"), refusal);
        Operation.Request request = new Operation.Request("remove", "tester", "", 0);
        assertThrows(Refused.class, () -> engine.remove("acme.words", request, removal()));
        assertEquals(
                Phase.REFUSED,
                update(TestJar.bundle("acme.words", "next", Map.of())).phase());
        assertEquals("dropped", content("acme.words"));
    }

    /** The contract ended: nobody minds. */
    private Removal removal() {
        return new Removal() {
            @Override
            public void requireRemovable(String module) {
                assertFalse(module.isEmpty());
            }

            @Override
            public void forget(String module) {
                DesiredFile.at(data).drop(module);
            }
        };
    }

    @Test
    @Timeout(120)
    void failsARemovalWhoseStopHangsAndGoesOnWithOthers() throws Exception {
        update(TestJar.bundle("acme.words", "words", Map.of()));
        CountDownLatch never = new CountDownLatch(1);
        felix.onStopping(bundle -> {
            if (bundle.getSymbolicName().equals("acme.words")) {
                await(never);
            }
        });
        Operation.Request request = new Operation.Request("remove", "tester", "", 0);
        Operation.Record record = engine.remove("acme.words", request, removal());
        String said = record.steps().get(record.steps().size() - 1).detail();
        assertEquals(Phase.FAILED, record.phase(), said);
        assertTrue(said.contains("did not end within"), said);
        assertFalse(DesiredFile.at(data).entries().containsKey("acme.words"), "it is not wanted all the same");
        assertEquals(
                Phase.DONE,
                update(TestJar.bundle("acme.user", "user", Map.of())).phase());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
