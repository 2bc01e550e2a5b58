package org.hmsach.bench.faults.core;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Origin;
import org.hmsach.core.internal.codec.CommandCodec;

/** One run of a core in a process of its own. What it said before it died is all here. Thread-safe. */
final class CoreProcess {
    private static final int KILLED = 137;
    private static final long PAUSE_MS = 20;
    private static final long NAP_MS = 1;
    private static final long STANDSTILL_MS = 2_000;
    private static final long STACKS_S = 10;
    private static final long NAP_WRAPPED_MS = 5;
    private final Process process;
    private final BufferedWriter in;
    private final Thread reader;
    private final Map<Long, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final CompletableFuture<CoreStatus> ready = new CompletableFuture<>();
    private final CompletableFuture<Duration> answering = new CompletableFuture<>();
    private final List<String> said = new ArrayList<>();
    private final long beganNs = System.nanoTime();
    private volatile boolean gone;
    private CompletableFuture<CoreStatus> status = CompletableFuture.failedFuture(new Gone("nobody asked"));

    /**
     * Starts one.
     *
     * @param directory  the core's folder
     * @param words      what it logs goes to the end of this file
     * @param floorBytes below so much free space it takes no commands
     * @param wrapper    a command that runs it, e.g. strace with its options; empty for none
     */
    CoreProcess(Path directory, Path words, long floorBytes, List<String> wrapper) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-cp",
                System.getProperty("java.class.path"),
                CoreMain.class.getName(),
                directory.toString(),
                Long.toString(floorBytes),
                // each nap is two calls that strace looks at
                Long.toString(wrapper.isEmpty() ? NAP_MS : NAP_WRAPPED_MS)));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(words.toFile()))
                .start();
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
        this.reader = new Thread(this::read, "core-answers");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            // a line without its end was not said
            for (int next = out.read(); next >= 0; next = out.read()) {
                if (next == '\n') {
                    take(line.toString());
                    line.setLength(0);
                } else {
                    line.append((char) next);
                }
            }
        } catch (IOException e) {
            synchronized (said) {
                said.add("the pipe broke: " + e.getMessage());
            }
        } finally {
            end();
        }
    }

    /** Nothing more is read of it. */
    private void end() {
        gone = true;
        Gone end = new Gone("the process ended");
        ready.completeExceptionally(end);
        waiting.values().forEach(answer -> answer.completeExceptionally(end));
    }

    private void take(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case "A" -> {
                answering.complete(Duration.ofNanos(System.nanoTime() - beganNs));
                waiting.remove(Long.parseLong(words[1])).complete(Answer.parse(words, 2));
            }
            case "U" -> waiting.remove(Long.parseLong(words[1])).completeExceptionally(new Gone(words[2], line));
            case "ready" -> ready.complete(CoreStatus.parse(words));
            case "status" -> {
                synchronized (this) {
                    status.complete(CoreStatus.parse(words));
                }
            }
            default -> {
                synchronized (said) {
                    said.add(line);
                }
            }
        }
    }

    /** Hands a command over; fails with {@link Gone} when it cannot be answered. */
    CompletableFuture<Answer> submit(Command command, Origin origin) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        byte[] bytes = new byte[new CommandCodec().encode(command, origin, buffer)];
        buffer.getBytes(0, bytes);
        long number = numbers.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        send(number + " " + Base64.getEncoder().encodeToString(bytes));
        if (gone) {
            answer.completeExceptionally(new Gone("the process ended"));
        }
        return answer;
    }

    private void send(String line) {
        try {
            synchronized (in) {
                in.write(line);
                in.write('\n');
                in.flush();
            }
        } catch (IOException e) {
            gone = true;
        }
    }

    /** Waits until the core is open. */
    CoreStatus awaitReady(Duration atMost) throws InterruptedException, TimeoutException {
        return await(ready, atMost);
    }

    private static <T> T await(CompletableFuture<T> future, Duration atMost)
            throws InterruptedException, TimeoutException {
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new Gone(e.getCause().getMessage());
        }
    }

    /** Whether it is open by now. */
    boolean isReady() {
        return ready.isDone() && !ready.isCompletedExceptionally();
    }

    /** Where the core stands now. */
    CoreStatus status(Duration atMost) throws InterruptedException, TimeoutException {
        CompletableFuture<CoreStatus> asked = new CompletableFuture<>();
        synchronized (this) {
            status = asked;
        }
        send("status");
        return await(asked, atMost);
    }

    /** Asks for a snapshot; does not wait for it. */
    void snapshot() {
        send("snapshot");
    }

    /** Its threads that stand still for a tracer, seen twice with a pause between: a call is held for much less. */
    List<String> heldByTracer() throws InterruptedException {
        Set<String> before = stoppedThreads();
        Thread.sleep(STANDSTILL_MS);
        return stoppedThreads().stream().filter(before::contains).toList();
    }

    private Set<String> stoppedThreads() {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            return tasks.map(CoreProcess::stat)
                    .filter(stat -> stat.matches(".*\\) [tT] .*"))
                    .map(stat -> stat.substring(0, stat.lastIndexOf(')') + 1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String stat(Path task) {
        try {
            return Files.readString(task.resolve("stat"));
        } catch (IOException ended) {
            return "";
        }
    }

    /** Writes down what each of its threads does, as far as it still tells. */
    Path writeStacks(Path file) throws InterruptedException {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            if (!jcmd.waitFor(STACKS_S, TimeUnit.SECONDS)) {
                jcmd.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Waits until it has said this, or has ended. */
    boolean awaitSaid(String beginning, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!hasSaid(beginning) && !gone && System.nanoTime() < deadline) {
            synchronized (said) {
                said.wait(PAUSE_MS);
            }
        }
        return hasSaid(beginning);
    }

    private boolean hasSaid(String beginning) {
        return said().stream().anyMatch(s -> s.startsWith(beginning));
    }

    /** From its start to its first answer. */
    Duration awaitAnswering(Duration atMost) throws InterruptedException, TimeoutException {
        return await(answering, atMost);
    }

    /** Kills it; all that it said before can be read when this returns. */
    void kill() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Kills it and lets the process that watches it end by itself, so that it writes down all that it saw. */
    void killAlone() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitEnd();
    }

    /** Waits for its end by itself or by another's hand. */
    int awaitEnd() throws InterruptedException {
        int code = process.waitFor();
        reader.join();
        return code;
    }

    /** As {@link #awaitEnd()}; empty when it still runs after so long. */
    boolean endsWithin(Duration atMost) throws InterruptedException {
        boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            reader.join();
        }
        return ended;
    }

    /** Whether it was killed, by us or by strace. */
    boolean wasKilled() {
        return !process.isAlive() && process.exitValue() == KILLED;
    }

    boolean isGone() {
        return gone;
    }

    /** Stops it in good order. */
    int stop() throws InterruptedException {
        send("stop");
        return awaitEnd();
    }

    /** What it said besides answers. */
    List<String> said() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }
}
