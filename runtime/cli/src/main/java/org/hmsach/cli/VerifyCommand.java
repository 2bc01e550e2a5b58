package org.hmsach.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hmsach.cli.data.BackupCheck;
import org.hmsach.cli.data.BackupFolder;
import org.hmsach.cli.data.PlatformCheck;
import org.hmsach.cli.data.StoppedFolder;
import org.hmsach.core.internal.audit.CoreCheck;
import org.hmsach.core.internal.audit.CoreReport;
import org.hmsach.core.internal.disk.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks the data folder of a stopped server and changes nothing: every frame of log, tape "
                + "and snapshots, the tape's numbers and chain, a replay of the log to the states of all "
                + "snapshots and to the tape, sums of zero, an allow-verdict of every required rule for every "
                + "accepted order, SQL file and desired set.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything holds",
            "1:something does not; file, position and reason are printed",
            "2:wrong use",
            "4:a process works on the folder"
        })
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "data folder, a core's directory alone, or a backup")
    private Path directory;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        long beganNs = System.nanoTime();
        List<Problem> problems = new ArrayList<>();
        CoreReport report = check(problems);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        if (json) {
            System.out.println(json(report, problems, millis));
        } else {
            print(report, problems, millis);
        }
        return problems.isEmpty() ? 0 : Main.FAILED;
    }

    private CoreReport check(List<Problem> problems) throws IOException {
        Consumer<String> progress = message -> System.err.println("hms: " + message);
        if (BackupFolder.is(directory)) {
            return BackupCheck.run(BackupFolder.open(directory), problems::add, progress);
        }
        try (StoppedFolder folder = StoppedFolder.open(directory)) {
            CoreReport report = CoreCheck.run(folder.core(), progress);
            problems.addAll(report.problems());
            if (folder.isWhole()) {
                PlatformCheck.run(folder.path(), problems::add);
            }
            return report;
        }
    }

    private static String json(CoreReport report, List<Problem> problems, long millis) {
        ObjectNode out = new ObjectMapper().createObjectNode();
        out.put("ok", problems.isEmpty());
        put(out.putArray("problems"), problems);
        put(out.putArray("notes"), report.notes());
        out.put("clusterId", report.clusterId());
        out.put("entries", report.entries());
        out.put("tapeEvents", report.tapeEvents());
        out.put("events", report.events());
        out.put("stateHash", report.stateHash());
        out.put("chainHash", report.chainHash());
        out.put("snapshots", report.snapshots());
        out.put("acceptedOrders", report.acceptedOrders());
        out.put("unchecked", report.unchecked());
        ObjectNode sums = out.putObject("sums");
        report.sums().forEach(sums::put);
        out.put("millis", millis);
        return out.toString();
    }

    private static void put(ArrayNode array, List<Problem> problems) {
        for (Problem problem : problems) {
            array.addObject()
                    .put("file", problem.file())
                    .put("position", problem.position())
                    .put("what", problem.what());
        }
    }

    private static void print(CoreReport report, List<Problem> problems, long millis) {
        System.out.println("entries " + report.entries() + ", events " + report.events() + " (" + report.tapeEvents()
                + " on the tape), snapshots " + report.snapshots());
        System.out.println("state " + report.stateHash());
        System.out.println("chain " + report.chainHash());
        System.out.println("accepted orders " + report.acceptedOrders() + ", unchecked " + report.unchecked());
        System.out.println("sums " + report.sums());
        report.notes().forEach(note -> System.out.println("note: " + note));
        problems.forEach(problem -> System.out.println("PROBLEM: " + problem));
        System.out.println(
                (problems.isEmpty() ? "everything holds" : problems.size() + " problems") + " (" + millis + " ms)");
    }
}
