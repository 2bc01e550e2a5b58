package org.hmsach.bench.faults.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hmsach.bench.faults.campaign.InstrumentFailed;

/** Runs a core under strace, which makes system calls fail, kills at them, slows them or writes them down. */
final class Strace {
    /** What a core does to its files; it renames none. */
    static final String CALLS = "pwrite64,write,fdatasync,fsync,msync,ftruncate,rename,unlink";

    private static final Pattern CALL = Pattern.compile("^(\\d+) +([a-z0-9]+)\\(.*");
    private static final String IN_KERNEL = "--seccomp-bpf";
    private static final int RECORDINGS = 12;
    private static final long DETACHES_S = 30;

    private Strace() {}

    /** Whether it can be used here. */
    static boolean isPresent() {
        return Set.of("/usr/bin/strace", "/bin/strace", "/usr/local/bin/strace").stream()
                .map(Path::of)
                .anyMatch(Files::isExecutable);
    }

    /** The command before the core's that kills it at the N-th call on its own files, before the call is made. */
    static List<String> killingAt(String call, int number, Path core, Path out) {
        // strace sends no signals when it filters calls in the kernel
        List<String> command =
                onFilesOf(core, out, call, List.of("-e", "inject=" + call + ":signal=KILL:when=" + number));
        command.remove(IN_KERNEL);
        return command;
    }

    /** The command before the core's, for calls on the core's own files only. */
    static List<String> onFilesOf(Path core, Path out, String calls, List<String> options) {
        List<String> command = common(out, options);
        command.addAll(List.of("-e", "trace=" + calls));
        for (Path file : files(core)) {
            command.add("-P");
            command.add(file.toString());
        }
        return command;
    }

    /** The command before the core's, that writes down these calls and what each was on. */
    static List<String> writingDown(Path out, String calls, List<String> options) {
        List<String> command = common(out, options);
        command.addAll(List.of("-y", "-s", "64", "-e", "trace=" + calls));
        return command;
    }

    private static List<String> common(Path out, List<String> options) {
        // as a grandchild: the core stays our own child, its end is what we see
        List<String> command = new ArrayList<>(List.of("strace", "-D", "-f", IN_KERNEL, "-qq", "-o", out.toString()));
        command.addAll(options);
        return command;
    }

    private static List<Path> files(Path core) {
        Path archive = core.resolve("archive");
        Path cluster = core.resolve("cluster");
        List<Path> files = new ArrayList<>(List.of(
                archive,
                cluster,
                core.resolve("tape.marks"),
                archive.resolve("archive.catalog"),
                archive.resolve("archive-mark.dat"),
                cluster.resolve("recording.log"),
                cluster.resolve("node-state.dat"),
                cluster.resolve("cluster-mark.dat"),
                cluster.resolve("cluster-mark-service-0.dat")));
        for (int i = 0; i < RECORDINGS; i++) {
            files.add(archive.resolve(i + "-0.rec"));
        }
        return files;
    }

    /** The largest number of each call by one thread: strace counts them by thread. */
    static Map<String, Integer> mostByOneThread(Path out) throws IOException {
        Map<String, Integer> byThread = new HashMap<>();
        Map<String, Integer> most = new HashMap<>();
        try (BufferedReader lines = Files.newBufferedReader(out, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher call = CALL.matcher(line);
                if (call.matches()) {
                    int count = byThread.merge(call.group(1) + " " + call.group(2), 1, Integer::sum);
                    most.merge(call.group(2), count, Math::max);
                }
            }
        }
        return most;
    }

    /** Whether it has made a call fail by now. */
    static boolean hasInjected(Path out) throws IOException {
        return Files.exists(out)
                && Files.readString(out, StandardCharsets.ISO_8859_1).contains("(INJECTED)");
    }

    /**
     * The same command, for {@link #detach}: by default strace is deaf to signals, and a filter in the kernel that
     * outlives it makes the calls fail for ever.
     */
    static List<String> detachable(List<String> wrapper) {
        List<String> command = new ArrayList<>(wrapper);
        command.remove(IN_KERNEL);
        command.addAll(1, List.of("-I", "2"));
        return command;
    }

    /** Lets the core go on without it; when this returns no call is looked at any more. */
    static void detach(Path out) throws InterruptedException, TimeoutException {
        List<ProcessHandle> running = thatWrite(out);
        running.forEach(ProcessHandle::destroy);
        awaitEnd(out);
        if (running.isEmpty()) {
            throw new InstrumentFailed("there is no strace that writes " + out);
        }
    }

    /** Waits until it has written down all that it saw: what it watched is dead. */
    static void awaitEnd(Path out) throws InterruptedException, TimeoutException {
        for (ProcessHandle strace : thatWrite(out)) {
            try {
                strace.onExit().get(DETACHES_S, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<ProcessHandle> thatWrite(Path out) {
        return ProcessHandle.allProcesses()
                .filter(p ->
                        p.info().command().filter(c -> c.endsWith("/strace")).isPresent())
                .filter(p -> commandLine(p).contains(out.toString()))
                .toList();
    }

    /** Read here: the platform gives none when it is long. */
    private static String commandLine(ProcessHandle process) {
        Path file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
