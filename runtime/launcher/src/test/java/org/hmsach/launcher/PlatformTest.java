package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hmsach.launcher.DesiredSet.Entry;
import org.hmsach.launcher.DesiredSet.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class PlatformTest {
    @TempDir
    Path folder;

    private TestHome home;
    private Path data;

    @BeforeEach
    void shipTwoBundles() throws Exception {
        home = new TestHome(folder.resolve("home"));
        data = folder.resolve("data");
        home.ship("one", "shipped");
        home.ship("two", "shipped");
        home.feature("core", List.of("one"), "");
        home.feature("more", List.of("two"), "");
    }

    @AfterEach
    void forgetProperties() {
        TestHome.forgetProperties();
    }

    private Platform start(String... features) {
        return Platform.start(home.settings(data, features), line -> {});
    }

    private static Optional<String> content(Platform platform, String name) throws Exception {
        Optional<Bundle> bundle = Arrays.stream(platform.context().getBundles())
                .filter(one -> name.equals(one.getSymbolicName()))
                .findFirst();
        if (bundle.isEmpty()) {
            return Optional.empty();
        }
        assertEquals(Bundle.ACTIVE, bundle.get().getState());
        try (InputStream in = bundle.get().getEntry("content.txt").openStream()) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void runsTheChosenFeaturesAndRemembersTheChoice() throws Exception {
        try (Platform platform = start("more")) {
            assertEquals(List.of(), platform.inactive());
            assertEquals(Optional.of("shipped"), content(platform, "two"));
        }
        try (Platform platform = start()) {
            assertEquals(Optional.of("shipped"), content(platform, "two"));
        }
        try (Platform platform = start("core")) {
            assertEquals(Optional.empty(), content(platform, "two"));
        }
    }

    @Test
    void bringsBackTheDesiredSetWhateverTheBundleCacheSays() throws Exception {
        try (Platform platform = Platform.start(home.trustOff(data, "more"), line -> {})) {
            for (Bundle bundle : platform.context().getBundles()) {
                if ("two".equals(bundle.getSymbolicName())) {
                    bundle.uninstall();
                }
            }
            Path stray = TestHome.jar(folder.resolve("stray.jar"), "stray", "x");
            platform.context().installBundle(stray.toUri().toString()).start();
        }
        try (Platform platform = start()) {
            assertEquals(Optional.of("shipped"), content(platform, "two"));
            assertEquals(Optional.empty(), content(platform, "stray"));
        }
    }

    @Test
    void takesANewlyShippedJarButNotOverAnOperatorsOwn() throws Exception {
        start("more").close();
        home.ship("two", "shipped later");
        try (Platform platform = start()) {
            assertEquals(Optional.of("shipped later"), content(platform, "two"));
        }
        BundleFile own = BundleFile.read(TestHome.jar(folder.resolve("own.jar"), "two", "the operator's"));
        Files.copy(own.path(), data.resolve("bundles").resolve(own.digest() + ".jar"));
        List<Entry> entries = DesiredSet.load(data).stream()
                .map(entry -> entry.name().equals("two")
                        ? new Entry("two", "1.0.0", own.digest(), 60, Origin.OPERATOR, entry.shipped(), "")
                        : entry)
                .toList();
        DesiredSet.save(data, entries);
        home.ship("two", "shipped last");
        try (Platform platform = Platform.start(home.trustOff(data), line -> {})) {
            assertEquals(Optional.of("the operator's"), content(platform, "two"));
        }
    }

    @Test
    void namesTheBundleThatIsNotActiveAndWhy() throws Exception {
        home.ship("two", "needs what is not there");
        try (Platform platform = start("more")) {
            assertEquals(1, platform.inactive().size());
            String line = platform.inactive().get(0);
            assertTrue(line.startsWith("two 1.0.0: ") && line.contains("not.there"), line);
        }
    }

    @Test
    void startsBesideAJarOfTheLoadFolderThatDoesNotResolveAndNamesIt() throws Exception {
        try (Platform platform = Platform.start(home.trustOff(data, "core"), line -> {})) {
            Path dropped = TestHome.jar(data.resolve("load/vendor.jar"), "vendor", "needs what is not there");
            platform.context().installBundle(dropped.toUri().toString());
            assertEquals(List.of(), platform.inactive());
            assertEquals(1, platform.idleStrays().size());
            String line = platform.idleStrays().get(0);
            assertTrue(line.startsWith("vendor 1.0.0: ") && line.contains("not.there"), line);
        }
    }

    @Test
    void keepsTheJarsOfTheVersionBeforeAndOfWhatWasRemoved() throws Exception {
        start("core").close();
        Path bundles = data.resolve("bundles");
        BundleFile now = kept("now");
        BundleFile before = kept("before");
        BundleFile removed = kept("removed");
        BundleFile stray = kept("stray");
        List<Entry> entries = new ArrayList<>(DesiredSet.load(data));
        entries.add(new Entry("now", "1.0.0", now.digest(), 60, Origin.OPERATOR, "", before.digest()));
        entries.add(new Entry("removed", "1.0.0", removed.digest(), 60, Origin.REMOVED, "", ""));
        DesiredSet.save(data, entries);
        for (int starts = 0; starts < 2; starts++) {
            try (Platform platform = Platform.start(home.trustOff(data), line -> {})) {
                assertEquals(Optional.of("now"), content(platform, "now"));
                assertEquals(Optional.empty(), content(platform, "removed"));
            }
            assertTrue(Files.exists(bundles.resolve(before.digest() + ".jar")), "the way back");
            assertTrue(Files.exists(bundles.resolve(removed.digest() + ".jar")), "the way back");
            assertFalse(Files.exists(bundles.resolve(stray.digest() + ".jar")));
        }
    }

    private BundleFile kept(String name) throws Exception {
        BundleFile file = BundleFile.read(TestHome.jar(folder.resolve(name + ".jar"), name, name));
        Files.copy(file.path(), data.resolve("bundles").resolve(file.digest() + ".jar"));
        return file;
    }

    @Test
    void takesAwayWhatSomebodyWasSendingToAServerThatWasKilled() throws Exception {
        Files.createDirectories(data.resolve("tmp"));
        Path staged = Files.writeString(data.resolve("tmp/staged-1.jar"), "half a jar");
        Path other = Files.writeString(data.resolve("tmp/other"), "not ours");
        start("core").close();
        assertFalse(Files.exists(staged));
        assertTrue(Files.exists(other));
    }

    @Test
    void refusesADataFolderThatAnotherServerHolds() {
        try (Platform first = start("core")) {
            LaunchException e = assertThrows(LaunchException.class, () -> start("core"));
            assertEquals(LaunchException.LOCKED, e.exitCode());
        }
    }

    @Test
    void namesAMissingJarAnUnknownFeatureAndAnUnknownVariable() throws Exception {
        home.feature("broken", List.of("nowhere"), "");
        home.feature("vague", List.of(), ",\"configurations\":{\"pid\":{\"key\":\"${hms.nothing}\"}}");
        LaunchException missing = assertThrows(LaunchException.class, () -> start("broken"));
        assertTrue(missing.getMessage().contains("test:nowhere:1.0.0"), missing.getMessage());
        LaunchException unknown = assertThrows(LaunchException.class, () -> start("gov"));
        assertTrue(unknown.getMessage().contains("\"gov\""), unknown.getMessage());
        LaunchException vague = assertThrows(LaunchException.class, () -> start("vague"));
        assertTrue(vague.getMessage().contains("${hms.nothing}"), vague.getMessage());
    }
}
