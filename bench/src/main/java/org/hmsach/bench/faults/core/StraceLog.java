package org.hmsach.bench.faults.core;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what strace wrote down: when each call began and ended, in the order in which it saw that. */
final class StraceLog {
    /** A write at a place: path, bytes wanted, place; with {@link #RESULT} behind it, how many were written. */
    static final String WRITE = "pwrite64\\(\\d+<(.*?)>, .*, (\\d+), (\\d+)";

    /** A force: path. */
    static final String FORCE = "(?:fdatasync|fsync)\\(\\d+<(.*?)>";

    /** What a call gave back. */
    static final String RESULT = "\\) += (-?\\d+).*";

    private static final Pattern LINE = Pattern.compile("^(\\d+) +(.*)$");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

    private final Map<String, String> begun = new HashMap<>();
    private final Listener listener;

    /** Told of each call. */
    interface Listener {
        /** A thread begins a call; its arguments are there, perhaps more. */
        void begin(String thread, String call);

        /** A thread's call came back: arguments and result. One that was killed in a call never comes back. */
        void end(String thread, String call);
    }

    private StraceLog(Listener listener) {
        this.listener = listener;
    }

    static void read(Path trace, Listener listener) throws IOException {
        StraceLog log = new StraceLog(listener);
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher shape = LINE.matcher(line);
                if (shape.matches()) {
                    log.take(shape.group(1), shape.group(2));
                }
            }
        }
    }

    private void take(String thread, String call) {
        if (call.endsWith(UNFINISHED)) {
            String head = call.substring(0, call.length() - UNFINISHED.length());
            begun.put(thread, head);
            listener.begin(thread, head);
            return;
        }
        Matcher resumed = RESUMED.matcher(call);
        if (resumed.matches()) {
            listener.end(thread, begun.getOrDefault(thread, "") + resumed.group(1));
        } else {
            listener.begin(thread, call);
            listener.end(thread, call);
        }
    }
}
