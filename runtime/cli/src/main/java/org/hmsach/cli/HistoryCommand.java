package org.hmsach.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hmsach.cli.data.RecordHistory;
import org.hmsach.cli.data.TapeFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a record in every version it ever had, from the tape: when it was made, by whom and through which",
            "request, and what had changed. Works beside a running server. Exit 1 when the tape does not know the id."
        })
final class HistoryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Mixin
    private DataOption data;

    @Parameters(
            paramLabel = "ID",
            description = "an order, account, transfer, policy, person or key; or an instrument's symbol")
    private String id;

    @Option(names = "--json", description = "print a JSON object a version, with the whole record")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (id.isBlank()) {
            throw new CommandLine.ParameterException(command.commandLine(), "ID is empty");
        }
        Path folder = data.path();
        List<ObjectNode> versions;
        try (TapeFile tape = TapeFile.open(folder)) {
            versions = RecordHistory.of(tape, id);
        }
        if (versions.isEmpty()) {
            System.err.println("hms: the tape in " + folder + " does not know " + id);
            return Main.FAILED;
        }
        versions.forEach(version -> System.out.println(json ? version.toString() : text(version)));
        return 0;
    }

    private static String text(ObjectNode version) {
        JsonNode origin = version.get("origin");
        StringBuilder text = new StringBuilder(String.format(
                "version %s  %s  event %s  entry %s%n  %s %s %s%n  by %s through %s, request %s",
                version.get("version"),
                version.get("time").asText(),
                version.get("number"),
                version.get("entry"),
                version.get("kind").asText(),
                version.path("what").asText(),
                version.path("detail").asText(),
                origin.get("principal").asText(),
                origin.get("module").asText(),
                origin.get("requestId").asText()));
        for (Map.Entry<String, JsonNode> change : version.get("changed").properties()) {
            text.append(String.format(
                    "%n    %s: %s -> %s",
                    change.getKey(),
                    change.getValue().get("from"),
                    change.getValue().get("to")));
        }
        return text.toString();
    }
}
