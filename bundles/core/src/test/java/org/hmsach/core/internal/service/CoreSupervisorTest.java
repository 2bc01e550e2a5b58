package org.hmsach.core.internal.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.hmsach.core.internal.log.LogSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The core comes back by itself when the engine of its log ends under it. */
@Timeout(120)
class CoreSupervisorTest {
    @TempDir
    private Path directory;

    @Test
    void opensTheLogAnewWhenItsClientEnds() throws Exception {
        BlockingQueue<Long> openedAtEntry = new LinkedBlockingQueue<>();
        BlockingQueue<String> failures = new LinkedBlockingQueue<>();
        CoreSupervisor.Listener listener = new CoreSupervisor.Listener() {
            @Override
            public void onOpen(Core core) {
                openedAtEntry.add(core.log().position().entry());
            }

            @Override
            public void onFailed(String why) {
                failures.add(why);
            }
        };
        try (CoreSupervisor supervisor =
                new CoreSupervisor(LogSettings.in(directory), List.of("gov.collar"), listener)) {
            long entry = openedAtEntry.poll(60, TimeUnit.SECONDS);
            assertTrue(entry >= 2, "the genesis and the required rules");
            Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("aeron-client"))
                    .forEach(Thread::interrupt);
            // the log's own client, or what stands on another one and was faster to tell
            String why = failures.poll(20, TimeUnit.SECONDS);
            assertTrue(why.contains("ended by itself"), why);
            assertEquals(entry, openedAtEntry.poll(60, TimeUnit.SECONDS), "all is there, and nothing more");
            assertEquals("running", supervisor.state());
        }
        assertTrue(failures.isEmpty());
    }
}
