package org.hmsach.cli.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server of its own in a temporary directory, started, killed and started again through the command line. */
final class WalkServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Optional<Path> marketData;
    private Process process;
    private JsonNode ready;

    WalkServer(Optional<Path> marketData) throws IOException {
        this.data = Files.createTempDirectory("hms-walk");
        this.marketData = marketData;
        // a walk proves what happens, not how fast: an order is not refused because a busy machine answers late
        Files.writeString(
                Files.createDirectory(data.resolve("conf")).resolve("org.hmsach.core.intake.cfg"),
                "check.timeout.ms = 10000\n");
    }

    /** Starts the demo server on fresh data. @return seconds until it was ready */
    String startDemo() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("demo", "--json", "--port", "0", "--data", data.toString()));
        marketData.ifPresent(dir -> arguments.addAll(List.of("--market-data", dir.toString())));
        return launch(arguments);
    }

    /** Starts the server again on the data that is there. */
    String restart() throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("start", "--json", "--foreground", "--port", "0", "--data", data.toString()));
        marketData.ifPresent(dir -> arguments.addAll(List.of("--market-data", dir.toString())));
        return launch(arguments);
    }

    URI url() {
        return URI.create(ready.path("url").asText());
    }

    String operatorLogin() {
        return ready.path("operator").path("login").asText();
    }

    String operatorPassword() {
        return ready.path("operator").path("password").asText();
    }

    /** kill -9 of the server process. */
    void kill() {
        ProcessHandle server = ProcessHandle.of(ready.path("pid").asLong())
                .orElseThrow(() -> new Report.Failed("there is no process " + ready.path("pid")));
        server.destroyForcibly();
        server.onExit().join();
        process.destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private String launch(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        for (String name : List.of("hms.home")) {
            Optional.ofNullable(System.getProperty(name)).ifPresent(value -> command.add("-D" + name + "=" + value));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.hmsach.cli.Main"));
        command.addAll(arguments);
        long start = System.nanoTime();
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // stays open: the server may go on writing
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.startsWith("{")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the server did not start: " + String.join(" ", arguments));
        }
        ready = JSON.readTree(line);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return "ready after " + millis + " ms at " + url();
    }
}
