package org.hmsach.bench.faults.core;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.codec.Decoded;
import org.hmsach.core.internal.log.LogSettings;
import org.hmsach.core.internal.service.Core;
import org.hmsach.core.internal.service.CoreServices;
import org.hmsach.core.internal.service.CoreSupervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that suffers: a core, commands as lines on standard input, answers as lines on standard output. Nobody
 * but the reader of that pipe knows what was answered.
 *
 * <p>In: {@code NUMBER COMMAND-IN-BASE64}, {@code snapshot}, {@code status}, {@code stop}. Out:
 * {@code A NUMBER ANSWER}, {@code U NUMBER CODE}, {@code ready STATUS}, {@code status STATUS}, {@code failed WHY},
 * {@code say TEXT}.
 */
public final class CoreMain {
    private static final Logger LOG = LoggerFactory.getLogger(CoreMain.class);
    private static final String RULE = CoreLoad.RULE;
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final CommandCodec codec = new CommandCodec();
    private volatile Optional<CoreServices> services = Optional.empty();

    private CoreMain() {}

    /** Arguments: the core's folder, the free-space floor in bytes, the longest nap of idle threads in milliseconds. */
    public static void main(String[] args) throws IOException {
        // a log line in the middle of an answer would hide it
        System.setOut(System.err);
        // whatever ends a thread ends the process: it would be silent without its reader of commands
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            LOG.error("{} ended", thread.getName(), error);
            Runtime.getRuntime().halt(1);
        });
        new CoreMain().serve(Path.of(args[0]), Long.parseLong(args[1]), Long.parseLong(args[2]));
    }

    private void serve(Path directory, long floorBytes, long napMs) throws IOException {
        LogSettings settings = new LogSettings(
                directory,
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                16_384,
                floorBytes,
                0,
                Duration.ZERO,
                Duration.ofMillis(napMs));
        CoreSupervisor supervisor = new CoreSupervisor(settings, List.of(RULE), new CoreSupervisor.Listener() {
            @Override
            public void onOpen(Core core) {
                CoreServices opened = new CoreServices(core);
                services = Optional.of(opened);
                say("ready " + status(opened));
            }

            @Override
            public void onFailed(String why) {
                services.ifPresent(CoreServices::close);
                services = Optional.empty();
                say("failed " + why);
            }

            @Override
            public void onProgress(String message) {
                say("say " + message);
            }
        });
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
            take(line);
        }
        supervisor.close();
        services.ifPresent(CoreServices::close);
    }

    private void take(String line) {
        Optional<CoreServices> running = services;
        if (line.equals("status")) {
            say("status " + running.map(CoreMain::status).orElse("0 0 - - false"));
        } else if (line.equals("snapshot")) {
            running.ifPresent(s -> s.control().snapshot().whenComplete((done, error) -> {
                say("say snapshot " + (error == null ? "taken" : "not taken: " + error.getMessage()));
            }));
        } else {
            int space = line.indexOf(' ');
            submit(line.substring(0, space), Base64.getDecoder().decode(line.substring(space + 1)), running);
        }
    }

    private void submit(String number, byte[] command, Optional<CoreServices> running) {
        if (running.isEmpty()) {
            say("U " + number + " CORE_STOPPED");
            return;
        }
        codec.decode(new UnsafeBuffer(command), 0, command.length, new CommandCodec.Reader() {
            @Override
            public void command(Decoded decoded) {
                running.get()
                        .door()
                        .submit(decoded.command(), decoded.origin())
                        .whenComplete((outcome, error) -> say(
                                error == null
                                        ? "A " + number + " "
                                                + Answer.of(outcome).line()
                                        : "U " + number + " " + code(error)));
            }

            @Override
            public void refused(Refused refusal) {
                throw new IllegalArgumentException(refusal.detail());
            }
        });
    }

    private static String code(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        return cause instanceof UnavailableException unavailable ? unavailable.code() : "BUG " + cause;
    }

    private static String status(CoreServices services) {
        CoreControl.Status status = services.control()
                .status()
                .exceptionally(failed -> new CoreControl.Status(0, 0, 0, 0, "-", "-", false, failed.getMessage()))
                .toCompletableFuture()
                .join();
        return status.entry() + " " + status.tapeNumber() + " " + status.stateHash() + " " + status.chainHash() + " "
                + status.takesCommands() + " " + status.why();
    }

    /** One line, one write: what is not whole at the other end was not said. */
    private synchronized void say(String line) {
        try {
            out.write((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
