package org.hmsach.bench.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.hmsach.bench.faults.campaign.Campaign;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.core.AnswersAfterForce;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short campaign on a core; {@code bench/faults --short} adds the whole platform, and {@code core-force-order},
 * which now and then waits a minute for an answer, for a reason not found yet.
 */
@Timeout(900)
class FaultsIT {
    private static final long SEED = 20_260_105;
    private static final int LANES = 4;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void everyPromiseHolds() throws Exception {
        Options options = new Options(true, 3, 0, 1, false, LANES, SEED);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Report report = new Campaign(options, directory, new PrintStream(said, true, StandardCharsets.UTF_8))
                .run(FaultCampaign.CORE.stream()
                        .filter(scenario -> !(scenario instanceof AnswersAfterForce))
                        .toList());
        String words = said.toString(StandardCharsets.UTF_8);
        System.out.println(words);
        assertEquals(List.of(), report.wrong(), words);
        assertEquals(0, report.missing());
        assertEquals(0, report.doubled());
        assertTrue(report.kills() >= 3, "processes were killed");
        assertTrue(report.acknowledged() > 0, "something was at stake");
        List<String> required =
                List.of(System.getenv().getOrDefault("HMS_REQUIRE", "").split("[, ]+"));
        assertTrue(
                report.skipped().isEmpty() || required.stream().noneMatch(report.skipped()::contains),
                report.skipped());
        assumeTrue(report.skipped().isEmpty(), report.skipped());
    }
}
