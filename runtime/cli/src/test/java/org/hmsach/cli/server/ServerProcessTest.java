package org.hmsach.cli.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
    @Test
    void readsTheOptionsOfTheJvm() {
        assertEquals(List.of("-Xmx1g"), ServerProcess.jvmOptions(Optional.empty()));
        assertEquals(List.of("-Xmx1g"), ServerProcess.jvmOptions(Optional.of(" ")), "empty is none");
        assertEquals(List.of("-Xmx2g", "-Xss1m"), ServerProcess.jvmOptions(Optional.of(" -Xmx2g  -Xss1m ")));
    }
}
