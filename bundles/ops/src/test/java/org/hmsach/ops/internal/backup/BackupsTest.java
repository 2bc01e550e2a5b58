package org.hmsach.ops.internal.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.sql.SqlCopy;
import org.hmsach.ops.internal.swap.Errands;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BackupsTest {
    private static final CoreControl.Status STATUS =
            new CoreControl.Status(0xABCL, 1, 12, 34, "state", "chain", true, "");

    @TempDir
    private Path folder;

    private Path data;
    private final CountDownLatch go = new CountDownLatch(1);
    private boolean diskIsFull;

    /** A core whose log is one file. */
    private final class FileCore implements CoreControl {
        @Override
        public CompletionStage<Status> status() {
            return CompletableFuture.completedFuture(STATUS);
        }

        @Override
        public CompletionStage<Verification> verify() {
            throw new AssertionError("a backup asks for no replay");
        }

        @Override
        public CompletionStage<Void> snapshot() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Status> copyTo(Path directory, CopyListener listener) {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    go.await();
                    Files.createDirectory(directory);
                    Files.writeString(directory.resolve("log"), "entries");
                    listener.onBytes(7, 7);
                    if (diskIsFull) {
                        throw new IOException("no space left on device");
                    }
                    return STATUS;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private final class FileSql implements SqlCopy {
        @Override
        public Optional<Path> file() {
            return Optional.of(data.resolve("store/hms.mv.db"));
        }

        @Override
        public void copyTo(Path copy) throws IOException {
            Files.writeString(copy, "rows of one moment");
        }
    }

    @BeforeEach
    void makeDataFolder() throws IOException {
        data = folder.resolve("data");
        write("core/log", "entries, and one that is half written");
        write("store/hms.mv.db", "rows that change");
        write("secrets/token", "secret");
        write("conf/org.hmsach.core.json", "{}");
        write("conf/other.part", "half");
        write("desired.json", "{}");
        write("features.list", "core\n");
        write("bundles/abc.jar", "jar");
        write("felix/cache", "cache");
        write("log/hms.log", "log");
        write("lock", "");
        write("run.json", "{}");
        write("backups/older/backup.json", "{\"format\":1,\"entry\":3,\"files\":[]}");
    }

    @Test
    void holdsWhatAStartNeedsAndIsItsOwnersOnly() throws Exception {
        Backups backups = backups("");
        go.countDown();
        backups.begin("first");
        BackupState done = ended(backups, "first");
        assertEquals("done", done.state(), done.json().toString());
        Path backup = data.resolve("backups/first");
        assertEquals(
                List.of(
                        "backup.json",
                        "data/bundles/abc.jar",
                        "data/conf/org.hmsach.core.json",
                        "data/core/log",
                        "data/desired.json",
                        "data/features.list",
                        "data/secrets/token",
                        "data/store/hms.mv.db"),
                files(backup));
        assertEquals("entries", Files.readString(backup.resolve("data/core/log")));
        assertEquals("rows of one moment", Files.readString(backup.resolve("data/store/hms.mv.db")));
        ObjectNode manifest = Manifest.read(backup).orElseThrow();
        assertEquals(1, manifest.get("format").asInt());
        assertEquals("abc", manifest.get("clusterId").asText());
        assertEquals(12, manifest.get("entry").asLong());
        assertEquals("included", manifest.get("sql").asText());
        assertEquals(7, manifest.get("files").size());
        assertEquals(
                "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b",
                manifest.get("files").get(5).get("sha256").asText(),
                "sha256 of 'secret'");
        try (Stream<Path> all = Files.walk(backup)) {
            for (Path path : all.toList()) {
                String modes = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------", modes, path.toString());
            }
        }
        assertEquals(
                List.of("first", "older"),
                backups.all().stream().map(BackupState::name).toList());
    }

    @Test
    void takesOneAtATimeAndNeverOverAnother() throws Exception {
        Backups backups = backups(folder.resolve("elsewhere").toString());
        backups.begin("one");
        Backups.Refused busy = assertThrows(Backups.Refused.class, () -> backups.begin("two"));
        assertTrue(busy.getMessage().contains("one"), busy.getMessage());
        go.countDown();
        assertEquals("done", ended(backups, "one").state());
        Backups.Refused there = assertThrows(Backups.Refused.class, () -> backups.begin("one"));
        assertTrue(there.getMessage().contains("there already"), there.getMessage());
        backups.begin("two");
        assertEquals("done", ended(backups, "two").state());
        assertFalse(Files.exists(folder.resolve("elsewhere/two/data/backups/older/data")));
    }

    @Test
    void leavesNothingOfOneThatFailed() throws Exception {
        Backups backups = backups("");
        diskIsFull = true;
        go.countDown();
        backups.begin("full");
        BackupState failed = ended(backups, "full");
        assertEquals("failed", failed.state());
        assertTrue(
                failed.json().get("why").toString().contains("no space left"),
                failed.json().toString());
        assertFalse(Files.exists(data.resolve("backups/full")));
        assertFalse(Files.exists(data.resolve("backups/.full.part")));
        diskIsFull = false;
        backups.begin("full");
        assertEquals("done", ended(backups, "full").state());
    }

    private Backups backups(String root) {
        return new Backups(
                new Backups.Sources(new FileCore(), new FileSql(), "test"), data, root, new Errands(Optional::empty));
    }

    private static BackupState ended(Backups backups, String name) throws IOException {
        BackupState state = backups.find(name).orElseThrow();
        while (state.isRunning()) {
            Thread.onSpinWait();
            state = backups.find(name).orElseThrow();
        }
        return state;
    }

    private void write(String name, String text) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
