package org.hmsach.bench.faults.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hmsach.bench.faults.campaign.Ground;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.campaign.Tally;
import org.hmsach.bench.faults.campaign.Trial;
import org.hmsach.cli.http.HmsClient;

/** The disk fills up below the watermark: orders are refused by name, reads go on, writes come back with the space. */
public final class FullDisk implements Scenario {
    private static final int DISK_MB = 1_024;
    private static final int FLOOR_MB = 256;
    private static final int LEFT_MB = 200;
    private static final long LOAD_MS = 2_000;
    private static final String NO_SPACE = "CORE_NO_SPACE";
    private static final List<String> READS = List.of(
            "/v2/account",
            "/v2/positions",
            "/v2/orders?status=open",
            "/v2/orders?status=all&limit=5",
            "/v2/account/activities");

    @Override
    public String name() {
        return "platform-full-disk";
    }

    @Override
    public List<Trial> plan(Options options) {
        return List.of(new Full(options.seed()));
    }

    @Override
    public int lanes(Options options) {
        return 1;
    }

    private record Full(long seed) implements Trial {
        @Override
        public String name() {
            return DISK_MB + " MB of disk filled up to the last " + LEFT_MB + " MB, seed " + seed;
        }

        @Override
        public Report run(Ground ground) throws Exception {
            Tally tally = new Tally();
            SmallDisk disk;
            try {
                disk = SmallDisk.mount(ground.directory(), DISK_MB);
            } catch (IOException e) {
                return Report.skipped("no small disk can be mounted here: " + e.getMessage());
            }
            try (disk;
                    Rig rig = new Rig(disk.path().resolve("data"))) {
                rig.configure("org.hmsach.core", Map.of("free.space.floor.mb", Integer.toString(FLOOR_MB)));
                rig.begin(seed);
                rig.load();
                Rig.pause(LOAD_MS);
                Path filler = disk.fill(LEFT_MB);
                tally.diskFailed();
                Rig.pause(LOAD_MS);
                rig.rest();
                rig.answers().take();
                refused(rig, tally);
                read(rig, tally);
                Files.delete(filler);
                tally.answers(rig.firstAnswer(System.nanoTime()));
                rig.load();
                Rig.pause(LOAD_MS);
                PlatformTrials.finish(rig, tally);
            }
            return tally.report();
        }

        /** 503 that names the watermark and says when to come again. */
        private static void refused(Rig rig, Tally tally) throws IOException, InterruptedException {
            HmsClient.Answer answer = rig.reader().send("POST", "/v2/orders", Trader.example());
            JsonNode problem = answer.json();
            boolean named = answer.status() == 503
                    && problem.path("reason").asText().equals(NO_SPACE)
                    && problem.path("detail").asText().contains(Long.toString(FLOOR_MB * (1L << 20)))
                    && answer.headers().containsKey("retry-after");
            if (!named) {
                tally.wrong("below the watermark an order was answered " + answer.status() + " " + problem + " "
                        + answer.headers());
            }
        }

        private static void read(Rig rig, Tally tally) throws IOException, InterruptedException {
            for (String path : READS) {
                HmsClient.Answer answer = rig.reader().send("GET", path, null);
                if (!answer.ok()) {
                    tally.wrong("below the watermark GET " + path + " was answered " + answer.status() + " "
                            + answer.json());
                }
            }
        }
    }
}
