package org.hmsach.bench.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hmsach.bench.faults.campaign.Campaign;
import org.hmsach.bench.faults.campaign.Options;
import org.hmsach.bench.faults.campaign.Report;
import org.hmsach.bench.faults.campaign.Scenario;
import org.hmsach.bench.faults.core.AnswersAfterForce;
import org.hmsach.bench.faults.core.DamagedFiles;
import org.hmsach.bench.faults.core.DiskErrors;
import org.hmsach.bench.faults.core.PowerCuts;
import org.hmsach.bench.faults.core.RandomKills;
import org.hmsach.bench.faults.core.SmallDisk;
import org.hmsach.bench.faults.core.WritePoints;
import org.hmsach.bench.faults.platform.ClockJumps;
import org.hmsach.bench.faults.platform.FullDisk;
import org.hmsach.bench.faults.platform.PlatformKills;
import org.hmsach.bench.faults.platform.SlowDisk;
import org.hmsach.bench.faults.platform.SqlAway;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a core and a platform suffer, and proves after each fault that nothing acknowledged was lost or done twice. */
@Command(
        name = "bench/faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Faults of every kind under load; after each: nothing acknowledged is missing, nothing is doubled,"
                        + " hashes are right, what is damaged is named.")
public final class FaultCampaign implements Callable<Integer> {
    /** On a process that is a core and nothing else. */
    static final List<Scenario> CORE = List.of(
            new RandomKills(),
            new PowerCuts(),
            new WritePoints(),
            new DiskErrors(),
            new SmallDisk(),
            new DamagedFiles(),
            new AnswersAfterForce());

    /** On a whole platform. */
    static final List<Scenario> PLATFORM =
            List.of(new PlatformKills(), new FullDisk(), new ClockJumps(), new SqlAway(), new SlowDisk());

    private static final List<Scenario> SCENARIOS =
            Stream.concat(CORE.stream(), PLATFORM.stream()).toList();

    @Option(names = "--short", description = "A few minutes: a sample of every kind of fault.")
    private boolean brief;

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "Processes killed at random moments (short: 3, long: 300).")
    private int kills = -1;

    @Option(
            names = "--platform-kills",
            paramLabel = "N",
            description = "Whole platforms killed at random moments (short: 2, long: 30).")
    private int platformKills = -1;

    @Option(names = "--disk", paramLabel = "N", description = "Errors of the disk (short: 6, long: 100).")
    private int diskFaults = -1;

    @Option(
            names = "--no-sweep",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "In the long form, do not kill at every write point of the fixed script, only at a sample.")
    private boolean sweep;

    @Option(
            names = "--skip",
            paramLabel = "N",
            defaultValue = "0",
            description = "Leave out the first N write points: goes on with a sweep that was cut off.")
    private int skip;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            defaultValue = "6",
            description = "Trials at the same time (default 6).")
    private int lanes;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all that is random; printed when not given.")
    private long seed = Instant.now().getEpochSecond();

    @Option(
            names = "--only",
            paramLabel = "NAME",
            split = ",",
            description = "Only these scenarios: ${COMPLETION-CANDIDATES}",
            completionCandidates = Names.class)
    private Set<String> only = Set.of();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the folders of the trials go (default: a new one).")
    private Path directory;

    private static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return SCENARIOS.stream().map(Scenario::name).iterator();
        }
    }

    /** Ends with 0 when every promise held. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FaultCampaign()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Options options = new Options(
                brief,
                kills >= 0 ? kills : brief ? 3 : 300,
                platformKills >= 0 ? platformKills : brief ? 2 : 30,
                diskFaults >= 0 ? diskFaults : brief ? 6 : 100,
                sweep && !brief,
                skip,
                lanes,
                seed);
        List<Scenario> chosen = SCENARIOS.stream()
                .filter(s -> only.isEmpty() || only.contains(s.name()))
                .toList();
        if (chosen.isEmpty()) {
            throw new CommandLine.ParameterException(new CommandLine(this), "--only names no scenario: " + only);
        }
        Path trials = directory == null ? Files.createTempDirectory("hms-faults-") : Files.createDirectories(directory);
        System.out.println("seed " + seed + ", " + lanes + " lanes, " + trials);
        Report report = new Campaign(options, trials, System.out).run(chosen);
        System.out.println(
                report.held()
                        ? "every promise held"
                        : "PROMISES BROKEN: " + report.wrong().size());
        return report.held() ? 0 : 1;
    }
}
