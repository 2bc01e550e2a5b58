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
import java.util.ServiceLoader;
import java.util.function.Function;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.desired.TestJar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

class RepositoryJarsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ID = "com.acme.check/1.1.0";

    @TempDir
    Path data;

    private final Map<String, Map<String, String>> repository = new HashMap<>();
    private Framework framework;
    private SwapEngine engine;
    private RepositoryJars jars;

    @BeforeEach
    void startFelix() throws Exception {
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE, data.resolve("felix").toString()));
        framework.start();
        engine = new SwapEngine(
                framework.getBundleContext(),
                new SwapSettings(data, PATIENCE, PATIENCE, PATIENCE),
                new OneServes(framework.getBundleContext(), 0),
                new NoComponents(),
                new CoreSeam());
        jars = new RepositoryJars(framework.getBundleContext(), engine);
    }

    @AfterEach
    void stopFelix() throws Exception {
        engine.close();
        framework.stop();
        framework.waitForStop(10_000);
    }

    private void keepRepository() {
        Function<Object, Map<String, String>> launcher =
                id -> repository.getOrDefault(id, Map.of("refused", "the repository has no " + id));
        framework
                .getBundleContext()
                .registerService(Function.class, launcher, new Hashtable<>(Map.of("hms.service", "repository")));
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
