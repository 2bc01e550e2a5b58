package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hmsach.trust.Signer;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.ThrowawayKey;
import org.hmsach.trust.TrustOffice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** An organisation's feature, its bundle in the organisation's repository. */
class OwnFeatureTest {
    @TempDir
    Path folder;

    private Path data;
    private TestHome home;
    private BundleRepository repository;
    private BundleRepository.Entry check;

    @BeforeEach
    void addACheck() throws Exception {
        home = new TestHome(folder.resolve("home"));
        data = folder.resolve("data");
        home.ship("one", "shipped");
        home.feature("core", List.of("one"), "");
        ThrowawayKey key = ThrowawayKey.make("Acme");
        SignerStore store = new SignerStore(data.resolve("conf/trust"));
        store.add(new Signer("acme", Set.of(), Set.of("com.acme.*")), key.certificate());
        Path signed = folder.resolve("signed.jar");
        key.sign(TestHome.jar(folder.resolve("plain.jar"), "com.acme.check", "own"), signed);
        repository = new BundleRepository(data);
        check = repository.add(
                signed, "", new TrustOffice(Set.of(), data.resolve("conf/trust"), true, Clock.systemUTC()));
        feature("acme", "com.acme:com.acme.check:1.0.0");
    }

    @AfterEach
    void forgetProperties() {
        TestHome.forgetProperties();
    }

    private void feature(String name, String bundle) throws Exception {
        Files.createDirectories(data.resolve("features"));
        Files.writeString(
                data.resolve("features").resolve(name + ".json"),
                "{\"id\": \"com.acme:feature:1\", \"bundles\": [{\"id\": \"" + bundle
                        + "\", \"bundleStartLevel\": 60}]}");
    }

    private Platform start(String... features) {
        return Platform.start(home.settings(data, features), line -> {});
    }

    private static int state(Platform platform) {
        return Arrays.stream(platform.context().getBundles())
                .filter(bundle -> "com.acme.check".equals(bundle.getSymbolicName()))
                .mapToInt(Bundle::getState)
                .findFirst()
                .orElse(0);
    }

    @Test
    void runsAndIsRemembered() throws Exception {
        try (Platform platform = start("core", "acme")) {
            assertEquals(Bundle.ACTIVE, state(platform));
        }
        try (Platform platform = start()) {
            assertEquals(Bundle.ACTIVE, state(platform));
        }
        try (Platform platform = start("core")) {
            assertEquals(0, state(platform));
        }
    }

    @Test
    void doesNotRunWhenNobodyAnswersForItsBundleAnyMore() throws Exception {
        new SignerStore(data.resolve("conf/trust")).remove("acme");
        try (Platform platform = start("core", "acme")) {
            assertEquals(Bundle.INSTALLED, state(platform));
            assertTrue(
                    platform.refused().get(0).contains("com.acme.check"),
                    platform.refused().toString());
        }
    }

    @Test
    void namesABundleThatIsMissingOrWasChanged() throws Exception {
        feature("later", "com.acme:com.acme.check:2.0.0");
        LaunchException missing = assertThrows(LaunchException.class, () -> start("core", "later"));
        assertTrue(
                missing.getMessage().contains("later.json: bundles[0].id is com.acme:com.acme.check:2.0.0")
                        && missing.getMessage().contains("hms module add"),
                missing.getMessage());
        assertFalse(Files.exists(data.resolve("features.list")), "a choice that cannot be used is not remembered");
        Files.copy(folder.resolve("plain.jar"), check.jar(), StandardCopyOption.REPLACE_EXISTING);
        LaunchException changed = assertThrows(LaunchException.class, () -> start("core", "acme"));
        assertTrue(changed.getMessage().contains("was changed after it was added"), changed.getMessage());
    }

    @Test
    void refusesTheNameOfAShippedFeatureAndTwoVersionsOfOneBundle() throws Exception {
        feature("core", "com.acme:com.acme.check:1.0.0");
        LaunchException twice = assertThrows(LaunchException.class, () -> start("core", "acme"));
        assertTrue(twice.getMessage().contains("give yours another name"), twice.getMessage());
        Files.delete(data.resolve("features/core.json"));
        TrustOffice anything = new TrustOffice(Set.of(), data, false, Clock.systemUTC());
        repository.add(TestHome.jar(folder.resolve("next.jar"), "com.acme.check", "2.0.0", "own"), "", anything);
        feature("later", "com.acme:com.acme.check:2.0.0");
        LaunchException both = assertThrows(LaunchException.class, () -> start("core", "acme", "later"));
        assertTrue(
                both.getMessage().contains("feature acme names 1.0.0, feature later names 2.0.0"), both.getMessage());
        assertThrows(LaunchException.class, () -> start("core", "../features/acme"));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void tellsBundlesWhatTheRepositoryHas() throws Exception {
        try (Platform platform = start("core")) {
            ServiceReference<Function> reference = platform.context()
                    .getServiceReferences(Function.class, "(hms.service=repository)")
                    .iterator()
                    .next();
            Function<Object, Map<String, String>> asked = platform.context().getService(reference);
            assertEquals(
                    Map.of("file", check.jar().toString(), "digest", check.digest()),
                    asked.apply("com.acme.check/1.0.0"));
            assertTrue(asked.apply("com.acme.check/2.0.0").get("refused").contains("has no com.acme.check/2.0.0"));
            assertFalse(asked.apply("nonsense").containsKey("file"));
        }
    }
}
