package org.hmsach.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.hmsach.cli.data.BackupFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Makes a new data folder from a backup, each file's digest checked. What was decided after "
                + "the backup is not in it. Stop the old server for good before the new one starts: two would "
                + "decide two different truths.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:restored", "1:damaged, of a newer version, or the folder is not empty", "2:wrong use"})
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BACKUP", description = "folder that hms backup made")
    private Path folder;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "the new data folder; empty or new")
    private Path data;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        long beganNs = System.nanoTime();
        BackupFolder backup = BackupFolder.open(folder);
        Path target = data.toAbsolutePath().normalize();
        backup.restore(target);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs);
        JsonNode manifest = backup.manifest();
        if (json) {
            ObjectNode line = manifest.deepCopy();
            line.remove("files");
            System.out.println(line.put("data", target.toString()).put("millis", millis));
            return 0;
        }
        System.out.println("restored " + target + " in " + millis + " ms");
        System.out.println("entry " + manifest.path("entry") + ", event " + manifest.path("event") + ", taken "
                + manifest.path("taken").asText());
        if (!manifest.path("sql").asText().equals("included")) {
            System.out.println("note: restore the SQL database with its own tools before the start");
        }
        System.out.println("next: hms verify " + target + " && hms start --data " + target);
        return 0;
    }
}
