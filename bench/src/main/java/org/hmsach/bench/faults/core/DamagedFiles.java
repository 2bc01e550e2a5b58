package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;
import org.hmsach.core.internal.audit.CoreCheck;
import org.hmsach.core.internal.audit.CoreReport;

/**
 * Flipped bits and short files of every kind in a stopped core: found and named by the check, or without meaning; and a
 * core started on them refuses, or has all that was answered.
 */
public final class DamagedFiles implements Scenario {
    private static final int FLIPS_A_FILE = 30;
    private static final int FLIPS_A_FILE_IN_BRIEF = 4;
    private static final int STARTS_A_FILE = 2;
    private static final int STARTS_A_FILE_IN_BRIEF = 0;
    private static final Duration REFUSED = Duration.ofSeconds(25);
    private static final Duration AT_MOST = Duration.ofSeconds(180);
    private static final List<String> NAMED = List.of(".rec", "archive.catalog", "recording.log");

    @Override
    public String name() {
        return "core-damaged-files";
    }

    @Override
    public List<Trial> plan(Options options) {
        int flips = options.brief() ? FLIPS_A_FILE_IN_BRIEF : FLIPS_A_FILE;
        int starts = options.brief() ? STARTS_A_FILE_IN_BRIEF : STARTS_A_FILE;
        return options.diskFaults() == 0 ? List.of() : List.of(new Damaged(flips, starts, options.seed()));
    }

    private record Damaged(int flips, int starts, long seed) implements Trial {
        @Override
        public String name() {
            return flips + " bits of each file, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            Random random = new Random(seed);
            try (CoreUnderTest core = new CoreUnderTest(ground.directory(), CoreUnderTest.FLOOR_BYTES);
                    Script script = new Script(core)) {
                CoreProcess process = core.start(List.of());
                Future<Void> running = script.start();
                Script.finish(running, AT_MOST);
                process.stop();
                tally.acknowledged(core.journal().size());
                String state = CoreCheck.run(core.directory(), message -> {}).stateHash();
                for (Path file : files(core.directory())) {
                    for (int i = 0; i < flips; i++) {
                        long at = place(file, random);
                        int bit = 1 << random.nextInt(Byte.SIZE);
                        flip(file, at, bit);
                        tally.diskFailed();
                        judge(core, file, "bit " + bit + " of byte " + at, state, tally);
                        flip(file, at, bit);
                    }
                    for (int i = 0; i < starts; i++) {
                        startOn(core, file, place(file, random), 1 << random.nextInt(Byte.SIZE), tally);
                    }
                    cutShort(core, file, state, tally);
                }
            }
            return tally.report();
        }

        private static List<Path> files(Path core) throws IOException {
            try (Stream<Path> all = Files.walk(core)) {
                return all.filter(Files::isRegularFile)
                        .filter(f -> !f.endsWith("lock"))
                        .sorted()
                        .toList();
            }
        }

        /** Somewhere in what was ever written. */
        private static long place(Path file, Random random) throws IOException {
            byte[] head = head(file, 1 << 20);
            int end = head.length;
            while (end > 1 && head[end - 1] == 0) {
                end--;
            }
            return random.nextInt(end);
        }

        private static byte[] head(Path file, int bytes) throws IOException {
            try (var in = Files.newInputStream(file)) {
                return in.readNBytes(bytes);
            }
        }

        private static void flip(Path file, long at, int bit) throws IOException {
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
                access.seek(at);
                int value = access.read();
                access.seek(at);
                access.write(value ^ bit);
            }
        }

        private static void judge(CoreUnderTest core, Path file, String what, String state, Tally tally)
                throws IOException {
            CoreReport report = CoreCheck.run(core.directory(), message -> {});
            boolean named = report.problems().stream()
                    .anyMatch(p -> p.file().endsWith(file.getFileName().toString()));
            boolean harmless = report.ok() && report.stateHash().equals(state);
            if (!named && !harmless) {
                tally.wrong(file + ", " + what + ": the check says " + report.problems());
            }
        }

        /** The core on a damaged file: it refuses, or nothing is missing. */
        private static void startOn(CoreUnderTest core, Path file, long at, int bit, Tally tally) throws Exception {
            Path copy = core.directory().resolveSibling("damaged");
            copyTo(core.directory(), copy);
            Path damaged = copy.resolve(core.directory().relativize(file));
            flip(damaged, at, bit);
            tally.diskFailed();
            CoreProcess process = new CoreProcess(
                    copy, core.directory().resolveSibling("damaged.err"), CoreUnderTest.FLOOR_BYTES, List.of());
            try {
                boolean open = process.awaitReady(REFUSED).takesCommands();
                process.stop();
                if (open) {
                    Proof proof = new Proof(copy).with(core.journal());
                    if (proof.missing() + proof.doubled() > 0) {
                        tally.wrong(
                                "started on " + file + " with bit " + bit + " of byte " + at + ": " + proof.wrong());
                    }
                }
            } catch (TimeoutException | Gone e) {
                process.kill();
            }
            CoreTrials.remove(copy);
        }

        private static void copyTo(Path from, Path to) throws IOException, InterruptedException {
            // cp keeps the holes of the files
            int code = new ProcessBuilder("cp", "-a", "--sparse=always", from.toString(), to.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("cp ended with " + code);
            }
        }

        private static void cutShort(CoreUnderTest core, Path file, String state, Tally tally) throws IOException {
            if (NAMED.stream().noneMatch(file.toString()::endsWith)
                    || file.toString().endsWith("archive.catalog")) {
                return;
            }
            long size = Files.size(file);
            byte[] head = head(file, 1 << 20);
            int end = head.length;
            while (end > 1 && head[end - 1] == 0) {
                end--;
            }
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
                access.setLength(end - 40L);
                tally.diskFailed();
                judge(core, file, "cut at " + (end - 40), state, tally);
                access.seek(0);
                access.write(head);
                access.setLength(size);
            }
        }
    }
}
