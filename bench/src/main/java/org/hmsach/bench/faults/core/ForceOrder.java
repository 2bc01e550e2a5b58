package org.hmsach.bench.faults.core;

import java.io.IOException;
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
final class ForceOrder implements StraceLog.Listener {
    private static final Pattern WRITE = Pattern.compile(StraceLog.WRITE + StraceLog.RESULT);
    private static final Pattern FORCE = Pattern.compile(StraceLog.FORCE + StraceLog.RESULT);
    private static final Pattern FORCE_BEGUN = Pattern.compile(StraceLog.FORCE + ".*");
    private static final Pattern ANSWER = Pattern.compile("write\\(1<.*?>, \"A \\d+ (\\d+) .*");

    private final String log;
    private final Map<Long, Long> endOfEntry;
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
        StraceLog.read(trace, this);
        return this;
    }

    @Override
    public void begin(String thread, String call) {
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

    @Override
    public void end(String thread, String call) {
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
