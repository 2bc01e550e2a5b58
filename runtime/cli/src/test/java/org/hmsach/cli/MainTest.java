package org.hmsach.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path data;

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
    }

    @AfterEach
    void restore() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void helpsEachCommand() {
        for (String command : new String[] {
            "demo", "start", "status", "stop", "walk", "verify", "tape", "history", "rebuild", "backup", "restore",
            "trust"
        }) {
            assertEquals(0, Main.run(command, "--help"), command);
            assertTrue(said().contains("Usage: hms " + command), said());
        }
    }

    @Test
    void tellsWrongUseApart() {
        assertEquals(2, Main.run());
        assertEquals(2, Main.run("dance"));
        assertEquals(2, Main.run("start", "--prot", "1"));
        assertEquals(2, Main.run("demo", "--port", "http"));
    }

    @Test
    void saysThatNoServerRuns() {
        assertEquals(3, Main.run("status", "--data", data.toString()));
        assertEquals(0, Main.run("stop", "--data", data.toString()));
        assertTrue(said().contains("no server works on " + data), said());
    }

    @Test
    void refusesMarketDataThatIsNoFolder() {
        String nowhere = data.resolve("nowhere").toString();
        assertEquals(1, Main.run("start", "--data", data.toString(), "--market-data", nowhere));
        assertTrue(said().contains("--market-data " + nowhere + " is not a folder"), said());
    }
}
