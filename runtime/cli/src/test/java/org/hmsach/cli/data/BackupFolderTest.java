package org.hmsach.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hmsach.cli.server.ServerException;
import org.hmsach.core.internal.disk.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFolderTest {
    @TempDir
    private Path folder;

    private Path backup;
    private Path target;

    @BeforeEach
    void makeABackup() throws IOException {
        backup = folder.resolve("backup");
        target = folder.resolve("restored");
        Files.createDirectories(backup.resolve("data/conf"));
        Files.writeString(backup.resolve("data/log"), "entries");
        Files.writeString(backup.resolve("data/conf/one.cfg"), "a=b");
        write(manifest(1, "data/log", "data/conf/one.cfg"));
    }

    @Test
    void restoresForItsOwnerOnly() throws IOException {
        Files.createDirectory(target);
        BackupFolder.open(backup).restore(target);
        assertEquals("entries", Files.readString(target.resolve("log")));
        assertEquals("a=b", Files.readString(target.resolve("conf/one.cfg")));
        try (Stream<Path> all = Files.walk(target)) {
            for (Path path : all.toList()) {
                String modes = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", modes, path.toString());
            }
        }
    }

    @Test
    void restoresNothingOfADamagedOne() throws IOException {
        Files.writeString(backup.resolve("data/log"), "entriez");
        BackupFolder opened = BackupFolder.open(backup);
        ServerException refused = assertThrows(ServerException.class, () -> opened.restore(target));
        assertTrue(refused.getMessage().contains("data/log is not what was backed up"), refused.getMessage());
        Files.delete(backup.resolve("data/log"));
        Files.writeString(backup.resolve("data/more"), "of somebody else");
        assertThrows(ServerException.class, () -> opened.restore(target));
        assertFalse(Files.exists(target));
        assertFalse(Files.exists(folder.resolve(".restored.restoring")));
        List<Problem> problems = new ArrayList<>();
        opened.check(problems::add);
        assertEquals(
                List.of("data/log: is missing", "data/more: was not backed up"),
                problems.stream().map(Problem::toString).toList());
    }

    @Test
    void writesOverNothing() throws IOException {
        Files.createDirectories(target.resolve("something"));
        BackupFolder opened = BackupFolder.open(backup);
        assertThrows(ServerException.class, () -> opened.restore(target));
        assertThrows(ServerException.class, () -> opened.moveTo(target));
        assertTrue(BackupFolder.is(backup));
        BackupFolder moved = opened.moveTo(folder.resolve("moved"));
        assertFalse(Files.exists(backup));
        moved.check(problem -> assertEquals("", problem.toString()));
    }

    @Test
    void refusesWhatItDoesNotKnow() throws IOException {
        assertRefused("is no backup", folder);
        write(manifest(2, "data/log"));
        assertRefused("has format 2", backup);
        for (String outside : List.of("data/../../evil", "/etc/passwd", "data/a/../log", "backup.json", "data/")) {
            write(manifest(1, outside));
            assertRefused("it names the file '" + outside + "'", backup);
        }
        write(manifest(1));
        assertRefused("names no files", backup);
        Files.writeString(backup.resolve("backup.json"), "{\"format\":1,");
        assertRefused("is damaged", backup);
    }

    private static void assertRefused(String why, Path path) {
        ServerException refused = assertThrows(ServerException.class, () -> BackupFolder.open(path));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    private ObjectNode manifest(int format, String... files) throws IOException {
        ObjectNode manifest = new ObjectMapper().createObjectNode().put("format", format);
        manifest.putArray("files");
        for (String name : files) {
            Path file = backup.resolve(name);
            boolean there = Files.isRegularFile(file);
            manifest.withArray("files")
                    .addObject()
                    .put("path", name)
                    .put("bytes", there ? Files.size(file) : 0)
                    .put("sha256", there ? PlatformCheck.sha256(file) : "");
        }
        return manifest;
    }

    private void write(ObjectNode manifest) throws IOException {
        new ObjectMapper().writeValue(backup.resolve("backup.json").toFile(), manifest);
    }
}
