package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hmsach.launcher.DesiredSet.Entry;
import org.hmsach.launcher.DesiredSet.Origin;
import org.hmsach.trust.Digest;
import org.hmsach.trust.Signer;
import org.hmsach.trust.SignerStore;
import org.hmsach.trust.ThrowawayKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

class TrustTest {
    private static ThrowawayKey acme;

    @TempDir
    Path folder;

    private final List<String> said = new CopyOnWriteArrayList<>();
    private TestHome home;
    private Path data;

    @BeforeAll
    static void makeAKey() throws Exception {
        acme = ThrowawayKey.make("Acme");
    }

    @BeforeEach
    void shipOne() throws Exception {
        home = new TestHome(folder.resolve("home"));
        data = folder.resolve("data");
        home.ship("one", "shipped");
        home.feature("core", List.of("one"), "");
    }

    @AfterEach
    void forgetProperties() {
        TestHome.forgetProperties();
    }

    private Platform start() {
        return Platform.start(home.settings(data), said::add);
    }

    private void trustAcme() throws Exception {
        new SignerStore(data.resolve("conf/trust"))
                .add(new Signer("acme", Set.of("gov"), Set.of("*")), acme.certificate());
    }

    private Path unsigned(String name, String content) throws Exception {
        return TestHome.jar(folder.resolve(name + "-" + content.length() + ".jar"), name, content);
    }

    private Path signed(String name, String content) throws Exception {
        Path signed = folder.resolve("signed-" + name + "-" + content.length() + ".jar");
        acme.sign(unsigned(name, content), signed);
        return signed;
    }

    private static Bundle install(Platform platform, Path jar) throws Exception {
        return platform.context().installBundle(jar.toUri().toString());
    }

    private static String refusal(Bundle bundle) {
        BundleException e = assertThrows(BundleException.class, bundle::start);
        assertEquals(BundleException.REJECTED_BY_HOOK, e.getType(), e.toString());
        return e.getMessage();
    }

    @Test
    void refusesWhatIsNotSignedAndSaysWhatToDo() throws Exception {
        try (Platform platform = start()) {
            Bundle stray = install(platform, unsigned("stray", "x"));
            String why = refusal(stray);
            assertTrue(why.contains("stray 1.0.0") && why.contains("it is not signed"), why);
            assertTrue(why.contains("hms trust add"), why);
            // nor does it come along with others
            FrameworkWiring wiring = platform.context().getBundle(0).adapt(FrameworkWiring.class);
            assertFalse(wiring.resolveBundles(null));
            assertEquals(Bundle.INSTALLED, stray.getState());
            assertEquals(1, platform.refused().size());
            assertEquals(List.of(), platform.inactive());
            assertTrue(said.stream().anyMatch(line -> line.contains("stray 1.0.0")), said.toString());
            // whoever still holds it is told, too
            stray.uninstall();
            assertEquals("it is not installed any more", told(platform, stray).get("reason"));
            assertEquals(0, platform.refused().size());
        }
    }

    @Test
    void runsWhatATrustedSignerSignedAlsoOneWhoIsTrustedLater() throws Exception {
        try (Platform platform = start()) {
            Bundle vendors = install(platform, signed("vendors", "x"));
            assertTrue(refusal(vendors).contains("nobody knows its signer CN=Acme"));
            trustAcme();
            vendors.start();
            assertEquals(Bundle.ACTIVE, vendors.getState());
        }
    }

    @Test
    void givesABundleItsOldJarBackWhenAnUpdateIsRefused() throws Exception {
        trustAcme();
        try (Platform platform = start()) {
            Bundle vendors = install(platform, signed("vendors", "first"));
            vendors.start();
            CountDownLatch back = new CountDownLatch(1);
            platform.context().addBundleListener(event -> {
                if (event.getBundle().equals(vendors) && event.getType() == BundleEvent.STARTED) {
                    back.countDown();
                }
            });
            try (InputStream in = Files.newInputStream(unsigned("vendors", "the second"))) {
                BundleException e = assertThrows(BundleException.class, () -> vendors.update(in));
                assertTrue(e.getMessage().contains("it is not signed"), e.getMessage());
            }
            assertTrue(back.await(60, TimeUnit.SECONDS), said.toString());
            try (InputStream in = vendors.getEntry("content.txt").openStream()) {
                assertEquals("first", new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
            Map<String, String> told = told(platform, vendors);
            assertEquals("acme", told.get("signer"));
            assertEquals("true", told.get("trusted"));
            assertTrue(told.get("refusedUpdate").contains("it is not signed"), told.toString());
        }
    }

    @Test
    void refusesWhatTheFrameworkReadsInPlaceAndExtensionsOfTheFramework() throws Exception {
        trustAcme();
        try (Platform platform = start()) {
            String location = "reference:" + signed("vendors", "x").toUri();
            Bundle inPlace = platform.context().installBundle(location);
            assertTrue(refusal(inPlace).contains("not in the framework's cache"));
            Path extension = signed("extension", "an extension");
            assertThrows(BundleException.class, () -> install(platform, extension));
        }
    }

    @Test
    void keepsAFragmentThatIsNotSignedAwayFromItsHost() throws Exception {
        trustAcme();
        try (Platform platform = start()) {
            Bundle host = install(platform, signed("vendors", "x"));
            Bundle fragment = install(platform, unsigned("part", "a fragment"));
            host.start();
            assertEquals(Bundle.ACTIVE, host.getState());
            assertEquals(Bundle.INSTALLED, fragment.getState());
            Bundle signed = install(platform, signed("other", "a fragment"));
            host.update(Files.newInputStream(signed("vendors", "later")));
            assertEquals(Bundle.RESOLVED, signed.getState());
            assertEquals(Bundle.INSTALLED, fragment.getState());
        }
    }

    @Test
    void doesNotStartFromAChangedDistribution() throws Exception {
        Path jar = home.path().resolve("repo/test/one/1.0.0/one-1.0.0.jar");
        TestHome.jar(jar, "one", "changed");
        LaunchException e = assertThrows(LaunchException.class, this::start);
        assertEquals(LaunchException.USAGE, e.exitCode());
        assertTrue(e.getMessage().contains("one 1.0.0 is not what the distribution shipped"), e.getMessage());
        Files.delete(home.path().resolve("repo/SHA256SUMS"));
        LaunchException without = assertThrows(LaunchException.class, this::start);
        assertTrue(without.getMessage().contains("SHA256SUMS is missing"), without.getMessage());
    }

    @Test
    void startsWithoutWhatAnOperatorInstalledAndNobodyTrustsAnyMore() throws Exception {
        trustAcme();
        start().close();
        Path jar = signed("vendors", "x");
        String digest = Digest.of(jar);
        Files.copy(jar, data.resolve("bundles").resolve(digest + ".jar"));
        List<Entry> entries = new java.util.ArrayList<>(DesiredSet.load(data));
        entries.add(new Entry("vendors", "1.0.0", digest, 60, Origin.OPERATOR, "", ""));
        DesiredSet.save(data, entries);
        try (Platform platform = start()) {
            assertEquals(List.of(), platform.refused());
            assertEquals(List.of(), platform.inactive());
        }
        new SignerStore(data.resolve("conf/trust")).revoke(digest, "loses orders");
        try (Platform platform = start()) {
            assertEquals(1, platform.refused().size());
            assertTrue(
                    platform.refused().get(0).contains("revoked"),
                    platform.refused().toString());
            assertEquals(List.of(), platform.inactive());
        }
    }

    @Test
    void runsEverythingAndSaysSoWhereTrustIsOff() throws Exception {
        try (Platform platform = Platform.start(home.trustOff(data), said::add)) {
            Bundle stray = install(platform, unsigned("stray", "x"));
            stray.start();
            assertEquals(Bundle.ACTIVE, stray.getState());
            assertEquals("off", told(platform, stray).get("mode"));
            assertTrue(said.stream().anyMatch(line -> line.contains("TRUST IS OFF: stray")), said.toString());
        }
        LaunchException e = assertThrows(
                LaunchException.class,
                () -> Trust.isOn(new Settings(home.path(), data, List.of(), Map.of("hms.trust", "maybe"))));
        assertTrue(e.getMessage().contains("maybe"), e.getMessage());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, String> told(Platform platform, Bundle bundle) throws Exception {
        ServiceReference<Function> reference = platform.context()
                .getServiceReferences(Function.class, "(hms.service=trust)")
                .iterator()
                .next();
        return (Map<String, String>) platform.context().getService(reference).apply(bundle);
    }
}
