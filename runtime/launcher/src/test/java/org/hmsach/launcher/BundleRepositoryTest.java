package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hmsach.launcher.BundleRepository.Entry;
import org.hmsach.trust.Digest;
import org.hmsach.trust.TrustOffice;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleRepositoryTest {
    @TempDir
    Path data;

    private BundleRepository repository;
    private TrustOffice anything;

    @BeforeEach
    void open() {
        repository = new BundleRepository(data);
        anything = office(false);
    }

    private TrustOffice office(boolean enforcing) {
        return new TrustOffice(Set.of(), data.resolve("conf/trust"), enforcing, Clock.systemUTC());
    }

    private Path jar(String version, String content) throws Exception {
        return TestHome.jar(data.resolve("in/" + version + content + ".jar"), "com.acme.check", version, content);
    }

    private static void assertRefused(String said, org.junit.jupiter.api.function.Executable work) {
        LaunchException e = assertThrows(LaunchException.class, work);
        assertTrue(e.getMessage().contains(said), e.getMessage());
    }

    @Test
    void keepsVersionsSideBySideTheNewestLast() throws Exception {
        repository.add(jar("1.10", "b"), "com.acme:check:1.10", anything);
        repository.add(jar("1.9.0", "a"), "", anything);
        assertEquals(
                List.of("com.acme.check/1.9.0", "com.acme.check/1.10.0"),
                repository.entries().stream().map(Entry::id).toList());
        Entry entry = repository.find("com.acme.check/1.10").orElseThrow();
        assertEquals(Optional.of(entry), repository.find("com.acme:check:1.10", "check", "1.10"));
        assertEquals(Optional.of(entry), repository.find("any:com.acme.check:1.10.0", "com.acme.check", "1.10.0"));
        assertEquals(Optional.empty(), repository.find("com.acme.check/2.0.0"));
        assertEquals(Digest.of(repository.checked(entry)), entry.digest());
    }

    @Test
    void takesTheSameAgainAndRefusesAnotherContent() throws Exception {
        Entry entry = repository.add(jar("1.0.0", "a"), "", anything);
        assertEquals(entry, repository.add(jar("1.0.0", "a"), "", anything));
        Path other = jar("1.0.0", "b");
        assertRefused("is here with another content", () -> repository.add(other, "", anything));
        assertEquals(List.of(entry), repository.entries());
        repository.remove(entry);
        assertEquals(List.of(), repository.entries());
        assertEquals(Digest.of(other), repository.add(other, "", anything).digest());
    }

    @Test
    void refusesWhatNobodyAnswersForAndWhatIsNoBundle() throws Exception {
        Path jar = jar("1.0.0", "a");
        assertRefused(
                "is refused: it is not signed. What to do: have it signed",
                () -> repository.add(jar, "", office(true)));
        Path text = Files.writeString(data.resolve("in/text.jar"), "no jar");
        assertRefused("cannot read bundle", () -> repository.add(text, "", anything));
        Path evil = TestHome.jar(data.resolve("in/evil.jar"), "../../evil", "1.0.0", "");
        assertRefused("no bundle may be called so", () -> repository.add(evil, "", anything));
        assertEquals(List.of(), repository.entries());
        try (var left = Files.list(data.resolve("repository"))) {
            assertEquals(0, left.count(), "nothing half stays behind");
        }
    }

    @Test
    void namesAChangedJarAndWhatSomebodyElsePutThere() throws Exception {
        Entry entry = repository.add(jar("1.0.0", "a"), "", anything);
        Files.copy(jar("1.0.0", "b"), entry.jar(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertRefused("was changed after it was added", () -> repository.checked(entry));
        Files.createDirectories(data.resolve("repository/com.acme.check/2.0.0"));
        assertRefused("only hms module add puts bundles there", repository::entries);
    }

    @Test
    void asksForANameAndAVersion() {
        for (String wrong : List.of("check", "check/", "check/x.y", "../check/1.0.0", "a/../b/1")) {
            assertRefused("SYMBOLIC-NAME/VERSION", () -> repository.find(wrong));
        }
    }
}
