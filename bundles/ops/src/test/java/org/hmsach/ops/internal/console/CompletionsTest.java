package org.hmsach.ops.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the shell's real interpreter, with a {@code complete} command that writes down what it is told. */
class CompletionsTest {
    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final List<String> told = new ArrayList<>();
    private CommandSession session;

    /** Stands for the shell's own. */
    public final class Told {
        /** Takes the words. */
        public void complete(String[] words) {
            told.add(String.join(" ", words));
        }
    }

    @BeforeEach
    void openShell() {
        streams.start();
        CommandProcessorImpl shell = new CommandProcessorImpl(streams);
        shell.addCommand("gogo", new Told(), "complete");
        shell.addListener(new Completions(() -> List.of("com.acme.maxshares"), () -> List.of("id-1", "id-2")));
        session = shell.createSession(
                new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    }

    @AfterEach
    void closeShell() {
        session.close();
        streams.stop();
    }

    @Test
    void offersShadowsAndModulesOnceToAPersonsShell() throws Exception {
        session.put(".completions", new HashMap<>());
        session.execute("a = 1");
        assertTrue(told.contains("-c hms:module-promote -a __hms_shadows"), told.toString());
        assertTrue(told.contains("-c hms:module-rollback -a __hms_modules"), told.toString());
        int all = told.size();
        session.execute("a = 2");
        assertEquals(all, told.size(), "told once");
        assertEquals(List.of("id-1", "id-2"), session.execute("__hms_shadows"));
        assertEquals(List.of("com.acme.maxshares"), session.execute("__hms_modules"));
    }

    @Test
    void tellsAScriptNothing() throws Exception {
        session.execute("a = 1");
        assertEquals(List.of(), told);
    }
}
