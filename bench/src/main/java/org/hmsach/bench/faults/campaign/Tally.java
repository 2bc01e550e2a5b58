package org.hmsach.bench.faults.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Gathers a report while a trial runs, or the reports of many. Thread-safe. */
public final class Tally {
    private int kills;
    private int diskFaults;
    private long acknowledged;
    private long missing;
    private long doubled;
    private final List<Duration> answering = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    /** A process was killed. */
    public synchronized void killed() {
        kills++;
    }

    /** The disk failed, or a file was damaged. */
    public synchronized void diskFailed() {
        diskFaults++;
    }

    /** So many commands were answered. */
    public synchronized void acknowledged(long commands) {
        acknowledged += commands;
    }

    /** What was answered and is not there, and what is there twice. */
    public synchronized void compared(long missingCommands, long doubledCommands) {
        missing += missingCommands;
        doubled += doubledCommands;
    }

    /** It answers again after so long. */
    public synchronized void answers(Duration after) {
        answering.add(after);
    }

    /** Something that must not be. */
    public synchronized void wrong(String what) {
        wrong.add(what);
    }

    /** Adds all of a report. */
    public synchronized void add(Report report) {
        kills += report.kills();
        diskFaults += report.diskFaults();
        acknowledged += report.acknowledged();
        missing += report.missing();
        doubled += report.doubled();
        answering.addAll(report.answering());
        wrong.addAll(report.wrong());
        if (!report.skipped().isEmpty()) {
            skipped.add(report.skipped());
        }
    }

    /** All so far. */
    public synchronized Report report() {
        return new Report(
                kills,
                diskFaults,
                acknowledged,
                missing,
                doubled,
                answering,
                wrong,
                skipped.isEmpty() ? "" : skipped.get(0));
    }
}
