package org.hmsach.core.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process in the middle of a burst: what it acknowledged is there afterwards, once. */
@Timeout(180)
class KillTest {
    @TempDir
    private Path directory;

    @Test
    void losesAndDoublesNothingAcknowledgedWhenKilledTwice() throws Exception {
        List<Long> acknowledged = new ArrayList<>(burstAndKill(1, 3_000));
        List<String> said = new ArrayList<>();
        acknowledged.addAll(burstAndKill(1_000_000, 3_000));
        TinyMachine machine = new TinyMachine();
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), machine, new AeronLog.Listener() {
            @Override
            public void onProgress(String message) {
                said.add(message);
            }
        });
        // without one when the crash was ten seconds ago
        said.stream()
                .filter(line -> !line.startsWith("Replaying"))
                .forEach(line -> assertTrue(line.contains("not closed cleanly"), "the wait after a crash: " + said));
        for (long id : acknowledged) {
            assertTrue(log.query(() -> machine.hasSeen(id)).get(10, TimeUnit.SECONDS), "lost " + id);
        }
        assertEquals(0, log.query(machine::doubled).get(10, TimeUnit.SECONDS));
        String chain = log.queryAt(Moment::chainHash).get(10, TimeUnit.SECONDS);
        assertEquals(chain, lastChain(log), "the tape on disk and the machine agree");
        TinyMachine second = new TinyMachine();
        assertEquals(chain, log.replayInto(second, log.position().entry()));
        log.close();
    }

    private static String lastChain(AeronLog<Long> log) throws InterruptedException {
        TapeReader reader = log.tape().read(1);
        String chain = "";
        while (reader.next() <= log.tape().last()) {
            List<TapeEvent> events = reader.poll(1_000, Duration.ofSeconds(10));
            assertFalse(events.isEmpty());
            chain = events.get(events.size() - 1).chain();
        }
        return chain;
    }

    private List<Long> burstAndKill(long firstId, int acknowledgements) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Burst.class.getName(),
                directory.toString(),
                Long.toString(firstId));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<Long> acknowledged = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = completeLine(lines);
            while (line != null) {
                acknowledged.add(Long.parseLong(line));
                if (acknowledged.size() == acknowledgements) {
                    // through the handle: what was printed before the kill can still be read
                    process.toHandle().destroyForcibly();
                }
                line = completeLine(lines);
            }
        } finally {
            process.destroyForcibly();
        }
        assertEquals(137, process.waitFor(), "killed by SIGKILL, not ended by itself");
        assertTrue(acknowledged.size() >= acknowledgements);
        return acknowledged;
    }

    /** The next line, or null when the pipe ends, also in the middle of a line. */
    private static String completeLine(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = lines.read();
        while (next >= 0 && next != '\n') {
            line.append((char) next);
            next = lines.read();
        }
        return next < 0 ? null : line.toString();
    }

    /** The process that is killed: submits without end, many in flight, and prints each acknowledged number. */
    static final class Burst {
        private static final int IN_FLIGHT = 256;

        private Burst() {}

        public static void main(String[] args) throws Exception {
            AeronLog<Long> log =
                    AeronLog.start(LogSettings.in(Path.of(args[0])), new TinyMachine(), new AeronLog.Listener() {});
            Semaphore inFlight = new Semaphore(IN_FLIGHT);
            FileOutputStream out = new FileOutputStream(FileDescriptor.out);
            for (long id = Long.parseLong(args[1]); ; id++) {
                inFlight.acquire();
                log.submit(TinyMachine.command(id), 0, Long.BYTES).whenCompleteAsync((applied, error) -> {
                    if (error == null) {
                        print(out, applied.answer());
                    }
                    inFlight.release();
                });
            }
        }

        private static synchronized void print(FileOutputStream out, long id) {
            try {
                out.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
