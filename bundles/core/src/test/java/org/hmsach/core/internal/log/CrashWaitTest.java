package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.aeron.archive.ArchiveMarkFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that died while it made its marks; found by kills at the first write points of a first start. */
@Timeout(120)
class CrashWaitTest {
    private static final int MARK_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void opensBehindAFirstStartThatDiedWhileItMadeItsMarks() throws IOException {
        unfinished(Node.archiveDirectory(directory).resolve(ArchiveMarkFile.FILENAME));
        for (String name : CrashWait.CLUSTER_MARKS) {
            unfinished(Node.clusterDirectory(directory).resolve(name));
        }
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), new TinyMachine(), new AeronLog.Listener() {});
        log.submit(TinyMachine.command(1), 0, Long.BYTES).join();
        assertEquals(1, log.position().entry());
        log.close();
    }

    private static void unfinished(Path mark) throws IOException {
        Files.createDirectories(mark.getParent());
        Files.write(mark, new byte[MARK_BYTES]);
    }
}
