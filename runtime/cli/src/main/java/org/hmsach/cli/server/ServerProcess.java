package org.hmsach.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(180);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(90);
    private static final long POLL_MS = 50;
    private static final int LAST_LINES = 12;
    /**
     * The thresholds of the JVM's second compiler times eight: what a start or a swap does a few thousand times takes
     * no processor from orders by being compiled twice.
     */
    private static final List<String> HOT_CODE_ONLY = List.of(
            "-XX:Tier4InvocationThreshold=40000",
            "-XX:Tier4MinInvocationThreshold=5000",
            "-XX:Tier4CompileThreshold=120000",
            "-XX:Tier4BackEdgeThreshold=320000");
    /**
     * Marking takes a processor for half a second. It begins when old objects fill three fifths of the heap; left to
     * itself the collector marks every few seconds beside orders.
     */
    private static final List<String> LATE_MARKING =
            List.of("-XX:-G1UseAdaptiveIHOP", "-XX:InitiatingHeapOccupancyPercent=60");

    /**
     * How to start it.
     *
     * @param data       data folder
     * @param features   the choice; empty: what the data folder says, at first the distribution's default
     * @param properties {@code hms.*} properties, e.g. hms.port, hms.market.data
     * @param detached   true: goes on without us and writes to DATA/log/launcher.log; false: shares our error output
     * @param variables  environment variables beside our own
     */
    public record Options(
            Path data,
            List<String> features,
            Map<String, String> properties,
            boolean detached,
            Map<String, String> variables) {
        public Options {
            data = data.toAbsolutePath().normalize();
            features = List.copyOf(features);
            properties = Map.copyOf(properties);
            variables = Map.copyOf(variables);
        }

        public Options(Path data, List<String> features, Map<String, String> properties, boolean detached) {
            this(data, features, properties, detached, Map.of());
        }

        /** The same with these environment variables. */
        public Options in(Map<String, String> environment) {
            return new Options(data, features, properties, detached, environment);
        }

        /** Whether no server has ever worked on the data folder. */
        public boolean isNew() {
            return !Files.exists(data.resolve("desired.json"));
        }

        /** The same with one property more. */
        public Options with(String name, String value) {
            Map<String, String> more = new TreeMap<>(properties);
            more.put(name, value);
            return new Options(data, features, more, detached, variables);
        }
    }

    private final Process process;
    private final RunFile run;

    private ServerProcess(Process process, RunFile run) {
        this.process = process;
        this.run = run;
    }

    /** Starts a server and waits until it is ready. */
    public static ServerProcess start(Home home, Options options) {
        Process process = launch(home, options);
        Thread stopper = new Thread(process::destroy, "hms-stop-server");
        Runtime.getRuntime().addShutdownHook(stopper); // Ctrl-C while it starts
        try {
            RunFile run = awaitReady(process, options);
            return new ServerProcess(process, run);
        } catch (ServerException e) {
            process.destroy();
            throw e;
        } finally {
            forget(stopper);
        }
    }

    public String url() {
        return run.url();
    }

    public long pid() {
        return run.pid();
    }

    /** Waits until it ends, by whatever; its exit code. */
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Kills it as a power switch would (-9); returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Stops it cleanly. */
    @Override
    public void close() {
        stop(process.toHandle());
    }

    /** Stops a server cleanly and waits until it is gone. */
    public static void stop(ProcessHandle handle) {
        handle.destroy();
        try {
            handle.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new ServerException(
                    "server " + handle.pid() + " does not stop after " + STOP_TIMEOUT.toSeconds() + " s", e);
        }
    }

    /** An empty variable is none. */
    static List<String> jvmOptions(Optional<String> wanted) {
        return List.of(wanted.filter(options -> !options.isBlank())
                .orElse("-Xmx1g")
                .trim()
                .split("\\s+"));
    }

    private static Process launch(Home home, Options options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // the next start reads whose code ran out of memory, and leaves a vendor's out
        command.addAll(List.of(
                "-XX:+CrashOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + options.data().toAbsolutePath().resolve("log/hs_err_%p.log")));
        command.addAll(HOT_CODE_ONLY);
        command.addAll(LATE_MARKING);
        command.addAll(ThreadPriorities.options());
        command.addAll(jvmOptions(Optional.ofNullable(System.getenv("HMS_JAVA_OPTS"))));
        command.addAll(List.of("-jar", home.launcher().toString()));
        command.addAll(List.of(
                "--home", home.path().toString(), "--data", options.data().toString()));
        if (!options.features().isEmpty()) {
            command.addAll(List.of("--features", String.join(",", options.features())));
        }
        options.properties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(options.variables());
        try {
            if (options.detached()) {
                Path log =
                        Files.createDirectories(options.data().resolve("log")).resolve("launcher.log");
                builder.redirectErrorStream(true).redirectOutput(log.toFile());
            } else {
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT);
            }
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new ServerException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private static RunFile awaitReady(Process process, Options options) {
        Instant end = Instant.now().plus(READY_TIMEOUT);
        while (Instant.now().isBefore(end)) {
            Optional<RunFile> run = RunFile.read(options.data()).filter(file -> file.pid() == process.pid());
            if (run.isPresent()) {
                return run.get();
            }
            if (exited(process)) {
                throw new ServerException(
                        "the server did not start (exit code " + process.exitValue() + ")" + lastWords(options));
            }
        }
        throw new ServerException("the server was not ready after " + READY_TIMEOUT.toSeconds() + " s");
    }

    private static String lastWords(Options options) {
        if (!options.detached()) {
            return ""; // they stand above
        }
        Path log = options.data().resolve("log/launcher.log");
        try {
            List<String> lines = Files.readAllLines(log);
            return ", see " + log + ":\n  "
                    + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return ", and " + log + " cannot be read: " + e.getMessage();
        }
    }

    private static boolean exited(Process process) {
        try {
            return process.waitFor(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while the server started", e);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw new ServerException("stopped while the server started", e); // Ctrl-C: the hook stops it
        }
    }
}
