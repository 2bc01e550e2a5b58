package org.hmsach.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hmsach.bench.faults.campaign.Campaign;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The short campaign, {@code bench/faults --short}, with fewer errors of the disk. */
@Timeout(900)
class FaultsIT {
    private static final long SEED = 20_260_105;
    private static final int LANES = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void aCoreKeepsEveryPromise() throws Exception {
        Report report = run(new Options(true, 3, 0, 1, false, 0, LANES, SEED), FaultCampaign.CORE);
        assertTrue(report.kills() >= 3, "processes were killed");
    }

    @Test
    void aPlatformKeepsEveryPromise() throws Exception {
        Report report = run(new Options(true, 0, 1, 0, false, 0, 1, SEED), FaultCampaign.PLATFORM);
        assertTrue(report.kills() >= 1, "a server was killed");
    }

    private Report run(Options options, List<Scenario> scenarios) throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Report report =
                new Campaign(options, directory, new PrintStream(said, true, StandardCharsets.UTF_8)).run(scenarios);
        String words = said.toString(StandardCharsets.UTF_8);
        System.out.println(words);
        assertEquals(List.of(), report.wrong(), words);
        assertEquals(0, report.missing());
        assertEquals(0, report.doubled());
        assertTrue(report.acknowledged() > 0, "something was at stake");
        List<String> required = Stream.of(
                        System.getenv().getOrDefault("HMS_REQUIRE", "").split("[, ]+"))
                .filter(what -> !what.isEmpty())
                .toList();
        assertTrue(
                report.skipped().isEmpty() || required.stream().noneMatch(report.skipped()::contains),
                report.skipped());
        assumeTrue(report.skipped().isEmpty(), report.skipped());
        return report;
    }
}
