package org.hmsach.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustOfficeTest {
    private static ThrowawayKey acme;

    @TempDir
    Path folder;

    private SignerStore store;
    private TrustOffice office;
    private Path plain;

    @BeforeAll
    static void makeAKey() throws Exception {
        acme = ThrowawayKey.make("Acme");
    }

    @BeforeEach
    void trustAcme() throws Exception {
        store = new SignerStore(folder.resolve("trust"));
        store.add(new Signer("acme", Set.of("gov"), Set.of("com.acme.*")), acme.certificate());
        office = office(Clock.systemUTC());
        plain = bundle("com.acme.check", "Import-Package", "org.hmsach.spi.gov;version=\"[1,2)\",java.util");
    }

    private TrustOffice office(Clock clock) {
        return new TrustOffice(Set.of(), folder.resolve("trust"), true, clock);
    }

    private Path bundle(String name, String... headers) throws IOException {
        return TestJar.bundle(folder.resolve(name + ".jar"), name, headers);
    }

    private Path signed(Path jar) throws IOException {
        Path signed = folder.resolve("signed-" + jar.getFileName());
        acme.sign(jar, signed);
        return signed;
    }

    private void refused(Path jar, String... reasons) throws IOException {
        Judgement judgement = office.judge(jar);
        assertFalse(judgement.trusted(), judgement.toString());
        for (String reason : reasons) {
            assertTrue(judgement.reason().contains(reason), judgement.reason());
        }
    }

    @Test
    void trustsWhatATrustedSignerSigned() throws Exception {
        Path jar = signed(plain);
        assertEquals(new Judgement(true, Digest.of(jar), "acme", ""), office.judge(jar));
    }

    /** A file that is listed and gone before it is looked at: here a link to nothing. */
    @Test
    void judgesWhileAnotherSignerIsBeingAdded() throws Exception {
        Path jar = signed(plain);
        String before = office.stamp();
        Files.createSymbolicLink(folder.resolve("trust/signers.p12.part"), folder.resolve("gone"));
        assertTrue(office.judge(jar).trusted());
        assertEquals(before, office.stamp());
    }

    @Test
    void refusesWhatIsNotSigned() throws Exception {
        refused(plain, "it is not signed");
    }

    @Test
    void refusesWhatWasChangedAfterSigning() throws Exception {
        Path jar = signed(plain);
        refused(
                TestJar.with(jar, folder.resolve("a.jar"), "one.txt", "other"),
                "changed after it was signed",
                "one.txt");
        refused(TestJar.with(jar, folder.resolve("b.jar"), "more.class", "more"), "more.class is not signed");
        refused(TestJar.without(jar, folder.resolve("c.jar"), "META-INF/HMS.SF"), "is not signed");
        String manifest = TestJar.text(jar, "META-INF/MANIFEST.MF").replace("spi.gov", "spi.mfe");
        refused(
                TestJar.with(jar, folder.resolve("d.jar"), "META-INF/MANIFEST.MF", manifest),
                "Manifest main attributes");
        refused(TestJar.with(jar, folder.resolve("e.jar"), "META-INF/manifest.mf", manifest), "second manifest");
    }

    @Test
    void refusesAStrangerWhoTakesTheSignersName() throws Exception {
        ThrowawayKey stranger = ThrowawayKey.make("Acme");
        Path jar = folder.resolve("strange.jar");
        stranger.sign(plain, jar);
        refused(jar, "the chain of CN=Acme", "does not hold", SignerStore.fingerprint(stranger.certificate()));
    }

    @Test
    void refusesACertificateThatExpiredOrIsNotValidYet() throws Exception {
        Path jar = signed(plain);
        Instant end = acme.certificate().getNotAfter().toInstant();
        office = office(Clock.fixed(end.minusSeconds(60), ZoneOffset.UTC));
        assertTrue(office.judge(jar).trusted());
        office = office(Clock.fixed(end.plusSeconds(60), ZoneOffset.UTC));
        refused(jar, "expired on " + end);
        Instant begin = acme.certificate().getNotBefore().toInstant();
        office = office(Clock.fixed(begin.minusSeconds(60), ZoneOffset.UTC));
        refused(jar, "not valid before " + begin);
    }

    @Test
    void refusesARevokedCertificateAndARevokedJarAtOnce() throws Exception {
        Path jar = signed(plain);
        Path other = signed(bundle("com.acme.other"));
        assertTrue(office.judge(jar).trusted());
        store.revoke(Digest.of(jar), "loses orders");
        refused(jar, "this very jar is revoked");
        assertTrue(office.judge(other).trusted());
        store.revoke(SignerStore.fingerprint(acme.certificate()), "key stolen");
        refused(other, "CN=Acme is revoked");
    }

    @Test
    void refusesAnotherSpiAndAnotherNameThanTheSigners() throws Exception {
        refused(signed(bundle("com.acme.venue", "Import-Package", "org.hmsach.spi.mkt")), "org.hmsach.spi.mkt");
        refused(signed(bundle("com.acme.req", "Require-Bundle", "org.hmsach.spi.mfe")), "org.hmsach.spi.mfe");
        refused(signed(bundle("com.acme.dyn", "DynamicImport-Package", "org.hmsach.*")), "DynamicImport-Package");
        refused(signed(bundle("com.acme.all", "DynamicImport-Package", "com.other,*")), "DynamicImport-Package");
        refused(signed(bundle("com.other.check")), "com.other.check");
        refused(signed(bundle("com.acme.part", "Fragment-Host", "org.hmsach.core")), "fragments of org.hmsach.core");
        assertTrue(office.judge(signed(bundle("com.acme.lib", "DynamicImport-Package", "com.acme.*")))
                .trusted());
    }

    @Test
    void keepsThePlatformsNamesFromThoseWhoMayHaveAnyName() throws Exception {
        store.add(new Signer("acme", Set.of("*"), Set.of("*")), acme.certificate());
        assertTrue(office.judge(signed(bundle("whatever"))).trusted());
        refused(signed(bundle("org.hmsach.core")), "org.hmsach.core");
        store.add(new Signer("acme", Set.of("*"), Set.of("org.hmsach.*")), acme.certificate());
        assertEquals("acme", office.judge(signed(bundle("org.hmsach.core"))).signer());
    }

    @Test
    void followsTheChainToATrustedAuthorityAndItsRevocationList() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        authority.issue("vendor", "codeSigning");
        authority.issue("site", "serverAuth");
        store.add(new Signer("authority", Set.of("gov"), Set.of("*")), authority.certificate("ca"));
        Path jar = authority.sign("vendor", plain);
        assertEquals("authority", office.judge(jar).signer(), office.judge(jar).reason());
        refused(authority.sign("site", plain), "not for signing code");
        authority.revoke("vendor", folder.resolve("trust/authority.crl"));
        refused(jar, "CN=vendor is revoked, see authority.crl");
    }

    @Test
    void trustsNobodyButTheDistributionWhileTheStoreIsBroken() throws Exception {
        Path jar = signed(plain);
        Files.writeString(folder.resolve("trust/revoked.list"), "what?\n");
        refused(jar, "the trust store cannot be read", "what?");
        store.remove("acme");
        Files.delete(folder.resolve("trust/revoked.list"));
        refused(jar, "nobody knows its signer");
    }

    @Test
    void trustsWhatShipsByItsDigestAndNothingElseInItsPlace() throws Exception {
        Path repo = Files.createDirectories(folder.resolve("repo/some"));
        Path jar = TestJar.bundle(repo.resolve("lib.jar"), "lib");
        ShippedList.write(repo.getParent());
        office = new TrustOffice(ShippedList.read(repo.getParent()), folder.resolve("trust"), true, Clock.systemUTC());
        assertEquals(Judgement.DISTRIBUTION, office.judge(jar).signer());
        TestJar.bundle(jar, "lib", "Bundle-Version", "6.6.6");
        refused(jar, "it is not signed");
        store.revoke(Digest.of(jar), "never mind");
        refused(jar, "revoked");
    }

    @Test
    void letsEverythingRunAndSaysWhyNotWhereTrustIsOff() throws Exception {
        office = new TrustOffice(Set.of(), folder.resolve("trust"), false, Clock.systemUTC());
        Judgement judgement = office.judge(plain);
        assertTrue(judgement.trusted());
        assertEquals("it is not signed", judgement.reason());
        assertEquals("", judgement.signer());
    }
}
