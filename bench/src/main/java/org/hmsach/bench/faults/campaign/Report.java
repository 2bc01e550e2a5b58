package org.hmsach.bench.faults.campaign;

import java.time.Duration;
import java.util.List;

/**
 * What a trial saw.
 *
 * @param kills        processes killed
 * @param diskFaults   errors of the disk, damaged files included
 * @param acknowledged commands that were answered
 * @param missing      of these, how many were not there afterwards
 * @param doubled      commands that had their effect twice
 * @param answering    from each start after a fault to the first answer
 * @param wrong        everything that must not be, in words; empty when the promises held
 * @param skipped      why nothing was done; empty when it was
 */
public record Report(
        int kills,
        int diskFaults,
        long acknowledged,
        long missing,
        long doubled,
        List<Duration> answering,
        List<String> wrong,
        String skipped) {
    /** Nothing seen yet. */
    public static final Report NONE = new Report(0, 0, 0, 0, 0, List.of(), List.of(), "");

    public Report {
        answering = List.copyOf(answering);
        wrong = List.copyOf(wrong);
    }

    /** A trial that could not be done here. */
    public static Report skipped(String why) {
        return new Report(0, 0, 0, 0, 0, List.of(), List.of(), why);
    }

    /** Whether the promises held. */
    public boolean held() {
        return missing == 0 && doubled == 0 && wrong.isEmpty();
    }
}
