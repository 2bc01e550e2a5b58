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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what strace wrote down and proves the order of things: before each answer there is a force of the log that came
 * back well, began after the entry's bytes were written, and covers them. What was written when a force failed counts
 * as not written.
 */
final class ForceOrder {
    private static final Pattern LINE = Pattern.compile("^(\\d+) +(.*)$");
    private static final Pattern WRITE = Pattern.compile("pwrite64\\(\\d+<(.*?)>, .*, (\\d+), (\\d+)\\) += (-?\\d+).*");
    private static final Pattern FORCE = Pattern.compile("(?:fdatasync|fsync)\\(\\d+<(.*?)>\\) += (-?\\d+).*");
    private static final Pattern FORCE_BEGUN = Pattern.compile("(?:fdatasync|fsync)\\(\\d+<(.*?)>.*");
    private static final Pattern ANSWER = Pattern.compile("write\\(1<.*?>, \"A \\d+ (\\d+) .*");
    private static final String UNFINISHED = " <unfinished ...>";
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

    private final String log;
    private final Map<Long, Long> endOfEntry;
    private final Map<String, String> begun = new HashMap<>();
    private final Map<String, Long> writtenWhenForceBegan = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long written;
    private long forced;
    private long answers;
    private long forces;
    private long failedForces;

    /**
     * @param log        path of the log's file, as strace shows it
     * @param endOfEntry where in the log each entry ends
     */
    ForceOrder(Path log, Map<Long, Long> endOfEntry) {
        this.log = log.toString();
        this.endOfEntry = endOfEntry;
    }

    ForceOrder read(Path trace) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher shape = LINE.matcher(line);
                if (shape.matches()) {
                    take(shape.group(1), shape.group(2));
                }
            }
        }
        return this;
    }

    private void take(String thread, String call) {
        if (call.endsWith(UNFINISHED)) {
            String head = call.substring(0, call.length() - UNFINISHED.length());
            begun.put(thread, head);
            begin(thread, head);
            return;
        }
        Matcher resumed = RESUMED.matcher(call);
        if (resumed.matches()) {
            end(thread, begun.getOrDefault(thread, "") + resumed.group(1));
        } else {
            begin(thread, call);
            end(thread, call);
        }
    }

    private void begin(String thread, String call) {
        Matcher force = FORCE_BEGUN.matcher(call);
        if (force.matches() && force.group(1).equals(log)) {
            writtenWhenForceBegan.put(thread, written);
        }
        Matcher answer = ANSWER.matcher(call);
        if (answer.matches()) {
            answers++;
            long entry = Long.parseLong(answer.group(1));
            long end = endOfEntry.getOrDefault(entry, Long.MAX_VALUE);
            if (end > forced) {
                wrong.add("entry " + entry + " was answered; it ends at " + end + ", forced was " + forced);
            }
        }
    }

    private void end(String thread, String call) {
        Matcher write = WRITE.matcher(call);
        if (write.matches() && write.group(1).equals(log)) {
            long bytes = Long.parseLong(write.group(4));
            if (bytes > 0) {
                written = Math.max(written, Long.parseLong(write.group(3)) + bytes);
            }
        }
        Matcher force = FORCE.matcher(call);
        if (force.matches() && force.group(1).equals(log)) {
            if (force.group(2).equals("0")) {
                forces++;
                forced = Math.max(forced, writtenWhenForceBegan.getOrDefault(thread, 0L));
            } else {
                failedForces++;
                written = forced;
            }
        }
    }

    List<String> wrong() {
        return wrong;
    }

    long answers() {
        return answers;
    }

    long forces() {
        return forces;
    }

    long failedForces() {
        return failedForces;
    }
}
