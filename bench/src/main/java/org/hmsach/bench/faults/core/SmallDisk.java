package org.hmsach.bench.faults.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;

/**
 * A disk that fills up (a small tmpfs, where the user may mount one): commands are refused at the watermark, questions
 * are answered, and commands are taken again when there is room. Without a watermark the disk is really full: writes
 * come back short, then fail, and nothing answered is missing afterwards.
 */
public final class SmallDisk implements Scenario {
    private static final int CLIENTS = 4;
    /** The engine begins no recording with less than 128 MB free. */
    private static final long SIZE_BYTES = 300L << 20;

    private static final long FLOOR_BYTES = 160L << 20;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int LEFT_BYTES = 16 << 10;

    @Override
    public String name() {
        return "core-full-disk";
    }

    @Override
    public List<Trial> plan(Options options) {
        return options.diskFaults() == 0
                ? List.of()
                : List.of(new Filling(FLOOR_BYTES, options.seed()), new Filling(0, options.seed()));
    }

    private record Filling(long floorBytes, long seed) implements Trial {
        @Override
        public String name() {
            return floorBytes > 0 ? "stops at the watermark" : "really full";
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Path disk = Files.createDirectories(ground.directory().resolve("disk"));
            if (command("mount", "-t", "tmpfs", "-o", "size=" + SIZE_BYTES, "tmpfs", disk.toString()) != 0) {
                return Report.skipped("no file system can be mounted here");
            }
            Tally tally = new Tally();
            try (CoreUnderTest core = new CoreUnderTest(ground.directory(), disk.resolve("core"), floorBytes)) {
                CoreProcess process = core.start(List.of());
                CoreLoad load = new CoreLoad(core, CLIENTS, seed);
                load.start();
                process.awaitAnswering(CoreTrials.OPEN);
                Path ballast = disk.resolve("ballast");
                fill(ballast, floorBytes);
                tally.diskFailed();
                process = floorBytes > 0
                        ? refusesAndGoesOn(core, process, ballast, tally)
                        : full(core, process, ballast, tally);
                load.finish();
                process.stop();
                CoreTrials.prove(
                        tally, new Proof(core.directory()).with(core.journal()).with(load.clients()));
                tally.acknowledged(core.journal().size());
            } finally {
                if (command("umount", disk.toString()) != 0) {
                    tally.wrong("cannot unmount " + disk);
                }
            }
            return tally.report();
        }

        /** Leaves less than the watermark; or nothing. */
        private static void fill(Path ballast, long floorBytes) throws IOException {
            long leave = floorBytes > 0 ? floorBytes - CHUNK_BYTES : LEFT_BYTES;
            FileStore store = Files.getFileStore(ballast.getParent());
            try (OutputStream out = Files.newOutputStream(ballast)) {
                long more = store.getUsableSpace() - leave;
                while (more > 0) {
                    out.write(new byte[(int) Math.min(more, CHUNK_BYTES)]);
                    more = store.getUsableSpace() - leave;
                }
            }
        }

        private static CoreProcess refusesAndGoesOn(CoreUnderTest core, CoreProcess process, Path ballast, Tally tally)
                throws Exception {
            long filledNs = System.nanoTime();
            CoreStatus status = process.status(CoreTrials.OPEN);
            while ((status.takesCommands() || core.refusals("CORE_NO_SPACE") == 0)
                    && System.nanoTime() - filledNs < CoreTrials.OPEN.toNanos()) {
                CoreTrials.pause(20);
                status = process.status(CoreTrials.OPEN);
            }
            if (status.takesCommands() || !status.why().contains("free")) {
                tally.wrong("below the watermark the core says " + status);
            }
            CoreTrials.pause(1_000); // answers under way
            int before = core.journal().size();
            CoreTrials.pause(1_000);
            if (core.journal().size() != before || core.refusals("CORE_NO_SPACE") == 0) {
                tally.wrong("commands were taken below the watermark, or not refused as CORE_NO_SPACE");
            }
            Files.delete(ballast);
            long beganNs = System.nanoTime();
            while (core.journal().size() == before) {
                if (System.nanoTime() - beganNs > CoreTrials.OPEN.toNanos()) {
                    tally.wrong("commands are not taken again");
                    return process;
                }
                CoreTrials.pause(20);
            }
            tally.answers(Duration.ofNanos(System.nanoTime() - beganNs));
            return process;
        }

        private static CoreProcess full(CoreUnderTest core, CoreProcess process, Path ballast, Tally tally)
                throws Exception {
            if (!process.awaitSaid("failed", Duration.ofSeconds(60)) && !process.isGone()) {
                tally.wrong("the core does not notice that its disk is full: " + process.said());
            }
            Files.delete(ballast);
            process.kill();
            tally.killed();
            return CoreTrials.comeBack(core, tally, true);
        }

        private static int command(String... words) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        }
    }
}
