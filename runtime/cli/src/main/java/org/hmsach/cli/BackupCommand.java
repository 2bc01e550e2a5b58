package org.hmsach.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.hmsach.cli.data.BackupCheck;
import org.hmsach.cli.data.BackupFolder;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.cli.server.ServerException;
import org.hmsach.core.internal.disk.Problem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Takes a backup of a running server while orders go on, into its backup folder, and checks "
                + "it as hms verify does where that folder can be read here. Needs an administrator's login. "
                + "The folder of a stopped server is copied as it is.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:taken and checked", "1:failed, or does not hold", "2:wrong use", "3:no server runs"})
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final long POLL_MS = 200;
    private static final long SAY_EVERY_NS = TimeUnit.SECONDS.toNanos(2);

    @Mixin
    private LoginOptions server;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "folder below the server's backup folder (default: the time, e.g. 20261125-181500)")
    private String name = NAME.format(Instant.ofEpochMilli(System.currentTimeMillis()));

    @Option(names = "--out", paramLabel = "DIR", description = "move the finished backup here; must be empty or new")
    private Path out;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (out != null) {
            BackupFolder.expectEmpty(out);
        }
        HmsClient client = server.connect();
        client.post("/admin/v1/backups", Map.of("name", name));
        JsonNode done = await(client);
        Path folder = Path.of(done.path("folder").asText());
        if (!BackupFolder.is(folder)) {
            if (out != null) {
                throw new ServerException(
                        folder + " cannot be read here, so it stays where it is; there: hms verify " + folder);
            }
            return tell(done, folder, "not checked: it cannot be read here; there: hms verify " + folder);
        }
        List<Problem> problems = new ArrayList<>();
        BackupFolder backup = BackupFolder.open(folder);
        BackupCheck.run(backup, problems::add, message -> System.err.println("hms: checking: " + message));
        if (!problems.isEmpty()) {
            problems.forEach(problem -> System.err.println("PROBLEM: " + problem));
            throw new ServerException("the backup in " + folder + " does not hold");
        }
        if (out != null) {
            backup.moveTo(out);
            folder = out.toAbsolutePath().normalize();
        }
        return tell(done, folder, "checked");
    }

    private JsonNode await(HmsClient client) throws IOException, InterruptedException {
        long sayAt = System.nanoTime() + SAY_EVERY_NS;
        JsonNode state = client.get("/admin/v1/backups/" + name);
        while (state.path("state").asText().equals("running")) {
            if (System.nanoTime() > sayAt) {
                System.err.println("hms: copied " + state.path("doneBytes").asLong() + " of "
                        + state.path("totalBytes").asLong() + " bytes of log and tape");
                sayAt = System.nanoTime() + SAY_EVERY_NS;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            state = client.get("/admin/v1/backups/" + name);
        }
        if (!state.path("state").asText().equals("done")) {
            throw new ServerException("the backup failed: " + state.path("why").asText());
        }
        return state;
    }

    private int tell(JsonNode done, Path folder, String checked) {
        if (json) {
            ObjectNode line = done.deepCopy();
            line.put("folder", folder.toString()).put("checked", checked.equals("checked"));
            System.out.println(line);
            return 0;
        }
        System.out.println("backup " + folder);
        System.out.println("entry " + done.path("entry") + ", event " + done.path("event") + ", " + done.path("bytes")
                + " bytes, " + done.path("millis") + " ms, " + checked);
        System.out.println("state " + done.path("stateHash").asText());
        System.out.println("chain " + done.path("chainHash").asText());
        if (!done.path("sql").asText().equals("included")) {
            System.out.println("note: the SQL database is not in it; dump it with its own tools, before the backup");
        }
        return 0;
    }
}
