package org.hmsach.cli.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
    @TempDir
    Path data;

    private void write(long pid) throws Exception {
        Files.writeString(
                data.resolve("run.json"),
                "{\"pid\":" + pid + ",\"url\":\"http://127.0.0.1:1\",\"started\":\"2026-01-02T03:04:05Z\"}");
    }

    @Test
    void readsWhatTheLauncherWrites() throws Exception {
        write(17);
        assertEquals(Optional.of(new RunFile(17, "http://127.0.0.1:1", "2026-01-02T03:04:05Z")), RunFile.read(data));
    }

    @Test
    void doesNotTakeAnotherProcessForAServer() throws Exception {
        write(ProcessHandle.current().pid());
        assertEquals(Optional.empty(), RunFile.running(data));
    }

    @Test
    void namesABrokenFile() throws Exception {
        Files.writeString(data.resolve("run.json"), "{\"pid\"");
        assertThrows(ServerException.class, () -> RunFile.running(data));
    }
}
