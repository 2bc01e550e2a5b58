package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.archive.ArchiveMarkFile;
import io.aeron.cluster.service.ClusterMarkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that died while it made its marks; found by kills and errors at the first write points. */
@Timeout(120)
class CrashWaitTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 4_096, 1 << 20})
    void opensBehindAFirstStartThatDiedWhileItMadeItsMarks(int bytes) throws IOException {
        unfinished(Node.archiveDirectory(directory).resolve(ArchiveMarkFile.FILENAME), bytes);
        for (String name : CrashWait.CLUSTER_MARKS) {
            unfinished(Node.clusterDirectory(directory).resolve(name), bytes);
        }
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {});
        log.submit(TinyMachine.command(1), 0, Long.BYTES).join();
        assertEquals(1, log.position().entry());
        log.close();
    }

    @Test
    void opensBehindAStartThatWroteThatItFailed() {
        AeronLog<Long> first = AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {});
        first.submit(TinyMachine.command(1), 0, Long.BYTES).join();
        first.close();
        for (String name : CrashWait.CLUSTER_MARKS) {
            try (ClusterMarkFile mark =
                    new ClusterMarkFile(Node.clusterDirectory(directory).toFile(), name, () -> 0, 0, m -> {})) {
                mark.signalFailedStart();
            }
        }
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {});
        assertEquals(1, log.position().entry());
        log.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive/archive.catalog", "cluster/node-state.dat", "cluster/recording.log", "tape.marks"})
    void opensBehindAFirstStartThatFailedBeforeTheFileHadItsSize(String file) throws IOException {
        unfinished(directory.resolve(file), 0);
        assertEquals(file.equals("cluster/recording.log"), LogFiles.exist(directory), "a log was begun");
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {});
        log.submit(TinyMachine.command(1), 0, Long.BYTES).join();
        assertEquals(1, log.position().entry());
        log.close();
    }

    private static void unfinished(Path mark, int bytes) throws IOException {
        Files.createDirectories(mark.getParent());
        Files.write(mark, new byte[bytes]);
    }
}
