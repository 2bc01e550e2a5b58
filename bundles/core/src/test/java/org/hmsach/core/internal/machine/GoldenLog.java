package org.hmsach.core.internal.machine;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.hmsach.api.tape.Events;
import org.hmsach.core.internal.sim.SimulatedEntries;

/**
 * Journals of earlier days that must give the same state and tape for ever. {@code main} writes the next one beside
 * those that are there; it never overwrites: a committed journal is history.
 */
final class GoldenLog {
    private static final Path FOLDER = Path.of("src/test/resources/org/hmsach/core/internal/machine");
    private static final int STEPS = 700;
    // postings by kind and the other events, but for the machine's version, which only an update changes
    private static final int KINDS_BESIDES_ORDERS = Events.PostingKind.values().length + 19;

    private GoldenLog() {}

    public static void main(String[] args) throws IOException {
        int number = 1;
        while (Files.exists(FOLDER.resolve("golden-" + number + ".log"))) {
            number++;
        }
        Journal journal = busyJournal(20_260_105L + number);
        Files.createDirectories(FOLDER);
        Path log = FOLDER.resolve("golden-" + number + ".log");
        try (OutputStream file = Files.newOutputStream(log, StandardOpenOption.CREATE_NEW)) {
            write(journal.lines, file);
        }
        String facts = "entries=" + journal.lines.size() + "\nevents=" + journal.events() + "\nstate="
                + journal.machine().stateSha256() + "\nchain=" + journal.chainHex() + "\n";
        Files.writeString(FOLDER.resolve("golden-" + number + ".properties"), facts, StandardOpenOption.CREATE_NEW);
        System.out.println(log + "\n" + facts);
    }

    /** The first simulated journal from the seed on that has every kind of event, and two machine versions. */
    private static Journal busyJournal(long seed) {
        for (long s = seed; ; s += 1_000) {
            List<Journal.Line> lines = SimulatedEntries.of(s, STEPS).stream()
                    .map(e -> new Journal.Line(e.timeMs(), e.bytes()))
                    .toList();
            Journal journal = Journal.replay(lines);
            boolean busy = journal.kinds().size() > Events.OrderEventKind.values().length + KINDS_BESIDES_ORDERS;
            if (busy && journal.kinds().get("MachineVersionActivated") > 1) {
                System.out.println("seed " + s + " " + journal.kinds());
                return journal;
            }
        }
    }

    private static void write(List<Journal.Line> lines, OutputStream file) throws IOException {
        DataOutputStream out = new DataOutputStream(file);
        for (Journal.Line line : lines) {
            out.writeLong(line.timeMs());
            out.writeInt(line.bytes().length);
            out.write(line.bytes());
        }
        out.flush();
    }

    static List<Journal.Line> lines(int number, int entries) throws IOException {
        List<Journal.Line> lines = new ArrayList<>();
        try (InputStream file = GoldenLog.class.getResourceAsStream("golden-" + number + ".log")) {
            DataInputStream in = new DataInputStream(file);
            for (int i = 0; i < entries; i++) {
                long timeMs = in.readLong();
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                lines.add(new Journal.Line(timeMs, bytes));
            }
        }
        return lines;
    }

    static Properties facts(int number) throws IOException {
        Properties facts = new Properties();
        try (InputStream file = GoldenLog.class.getResourceAsStream("golden-" + number + ".properties")) {
            facts.load(file);
        }
        return facts;
    }

    static boolean exists(int number) {
        return GoldenLog.class.getResource("golden-" + number + ".log") != null;
    }
}
