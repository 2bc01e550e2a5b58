package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Function;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryJarsTest {
    private static final Duration PATIENCE = TestEngine.PATIENCE;
    private static final String ID = "com.acme.check/1.1.0";

    @TempDir
    Path data;

    private final Map<String, Map<String, String>> repository = new HashMap<>();
    private TestFelix felix;
    private SwapEngine engine;
    private RepositoryJars jars;

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        engine = TestEngine.in(felix.context(), data, new OneServes(felix.context(), 0));
        jars = new RepositoryJars(felix.context(), engine);
    }

    @AfterEach
    void stopFelix() throws Exception {
        engine.close();
        felix.close();
    }

    private void keepRepository() {
        Function<Object, Map<String, String>> launcher =
                id -> repository.getOrDefault(id, Map.of("refused", "the repository has no " + id));
        felix.context().registerService(Function.class, launcher, new Hashtable<>(Map.of("hms.service", "repository")));
    }

    private Path entry(String digest) throws Exception {
        Path jar = Files.write(
                data.resolve("entry.jar"),
                TestJar.bundle("com.acme.check", "entry", Map.of("Bundle-Version", "1.1.0")));
        String real = StagedJar.read(jar).digest();
        repository.put(ID, Map.of("file", jar.toString(), "digest", digest.isEmpty() ? real : digest));
        return jar;
    }

    @Test
    void stagesAnEntryOrAFile() throws Exception {
        keepRepository();
        Path jar = entry("");
        assertEquals("1.1.0", jars.use(ID, StagedJar::version));
        assertEquals("com.acme.check", jars.useFileOr(ID, StagedJar::name));
        assertEquals("com.acme.check", jars.useFileOr(jar.toString(), StagedJar::name));
        Path staged = jars.use(ID, StagedJar::path);
        assertTrue(!staged.equals(jar) && Files.notExists(staged) && Files.exists(jar), staged.toString());
    }

    @Test
    void refusesWhatIsNotThereOrChangedMeanwhile() throws Exception {
        assertThrows(Refused.class, () -> jars.use(ID, StagedJar::name), "nobody keeps a repository");
        keepRepository();
        Refused none = assertThrows(Refused.class, () -> jars.use(ID, StagedJar::name));
        assertTrue(none.getMessage().contains("the repository has no " + ID), none.getMessage());
        assertThrows(Refused.class, () -> jars.useFileOr("/no/such/file.jar", StagedJar::name));
        entry("another");
        Refused changed = assertThrows(Refused.class, () -> jars.use(ID, StagedJar::name));
        assertTrue(changed.getMessage().contains("was changed while it was read"), changed.getMessage());
    }
}
