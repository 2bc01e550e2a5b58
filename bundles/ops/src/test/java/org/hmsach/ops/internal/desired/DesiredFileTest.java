package org.hmsach.ops.internal.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesiredFileTest {
    @TempDir
    Path data;

    private final DesiredEntry entry = new DesiredEntry("a", "1.0.0", "d1", 60, Origin.OPERATOR, "d0", "");

    @Test
    void isEmptyBeforeTheFirstStart() {
        assertEquals(Map.of(), DesiredFile.at(data).entries());
    }

    @Test
    void keepsEntriesOnDisk() {
        DesiredFile.at(data).put(entry);
        assertEquals(Map.of("a", entry), DesiredFile.at(data).entries());
        DesiredFile.at(data).drop("a");
        assertEquals(Map.of(), DesiredFile.at(data).entries());
    }

    @Test
    void readsWhatTheLauncherWrites() throws Exception {
        Files.writeString(
                data.resolve("desired.json"),
                "{\"bundles\":[{\"name\":\"a\",\"version\":\"1.0.0\",\"digest\":\"d1\",\"startLevel\":60,"
                        + "\"origin\":\"OPERATOR\",\"shipped\":\"d0\"}]}");
        assertEquals(Map.of("a", entry), DesiredFile.at(data).entries());
    }

    @Test
    void readsWhatALaterVersionWrites() throws Exception {
        Files.writeString(
                data.resolve("desired.json"),
                "{\"bundles\":[{\"name\":\"a\",\"version\":\"1.0.0\",\"digest\":\"d1\",\"startLevel\":60,"
                        + "\"origin\":\"OPERATOR\",\"shipped\":\"d0\",\"before\":\"d2\",\"more\":1}],\"format\":2}");
        assertEquals("d2", DesiredFile.at(data).entries().get("a").before());
    }

    @Test
    void remembersOneVersionBefore() throws Exception {
        DesiredFile file = DesiredFile.at(data);
        file.put(entry);
        file.want(new StagedJar(data, "a", "1.1.0", "d2"));
        file.want(new StagedJar(data, "a", "1.1.0", "d2"));
        assertEquals("d1", file.entries().get("a").before());
        file.remove("a");
        DesiredEntry removed = file.entries().get("a");
        assertEquals(Origin.REMOVED, removed.origin());
        assertEquals("d2", removed.digest());
    }

    @Test
    void keepsAJarUnderItsDigest() throws Exception {
        Path jar = Files.writeString(data.resolve("x.jar"), "x");
        DesiredFile file = DesiredFile.at(data);
        assertEquals(Optional.empty(), file.jar("d1"));
        file.keep(jar, "d1");
        assertTrue(Files.exists(file.jar("d1").orElseThrow()));
    }

    @Test
    void doesNotOverwriteAFileItCannotRead() throws Exception {
        Files.writeString(data.resolve("desired.json"), "{");
        DesiredFile file = DesiredFile.at(data);
        assertThrows(UncheckedIOException.class, () -> file.put(entry));
        assertEquals("{", Files.readString(data.resolve("desired.json")));
    }
}
