package org.hmsach.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hmsach.cli.data.EventJson;
import org.hmsach.cli.data.TapeExport;
import org.hmsach.cli.data.TapeFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "tape",
        mixinStandardHelpOptions = true,
        description = "The tape: all that was decided, in order.",
        subcommands = {TapeCommand.Export.class, TapeCommand.Check.class},
        synopsisSubcommandLabel = "COMMAND")
final class TapeCommand {

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = {
                "Writes the tape as JSON lines or CSV, of a stopped or a running server's data folder. With --out FILE",
                "it goes on behind the last whole line of the file. tools/hms-tape-verifier.jar checks JSON lines."
            })
    static final class Export implements Callable<Integer> {
        @Spec
        private CommandSpec command;

        @Parameters(paramLabel = "DIR", description = "data folder, or a core's directory alone")
        private Path directory;

        @Option(names = "--format", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
        private TapeExport.Format format = TapeExport.Format.JSONL;

        @Option(names = "--from", paramLabel = "N", description = "first event number (default: 1)")
        private long from = 1;

        @Option(names = "--to", paramLabel = "N", description = "last event number (default: all)")
        private long to = Long.MAX_VALUE;

        @Option(names = "--out", paramLabel = "FILE", description = "append to this file instead of printing")
        private Path file;

        @Override
        public Integer call() throws IOException {
            if (from < 1 || to < from) {
                throw wrongUse("events are numbered from 1; there are none from " + from + " to " + to);
            }
            if (file != null && from != 1) {
                throw wrongUse("--out goes on where the file ends; it takes no --from");
            }
            TapeExport export = new TapeExport(format);
            try (TapeFile tape = TapeFile.open(directory)) {
                if (file != null) {
                    long last = export.append(tape, to, file);
                    System.err.println("hms: " + file + " ends with event " + last);
                } else {
                    Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
                    out.write(export.head());
                    long last = export.write(tape, new TapeExport.Range(from, to), out);
                    System.err.println("hms: "
                            + (last < from
                                    ? "no events: the tape ends with event " + tape.last()
                                    : "to event " + last));
                }
            }
            return 0;
        }

        private CommandLine.ParameterException wrongUse(String why) {
            return new CommandLine.ParameterException(command.commandLine(), why);
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Checks that each line of an export in JSON lines says what its own bytes say. Numbers, chain,",
                "balances and verdicts are checked by tools/hms-tape-verifier.jar."
            })
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "an export")
        private Path file;

        @Override
        public Integer call() throws IOException {
            EventJson json = new EventJson();
            long number = 0;
            long wrong = 0;
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (!says(json, line)) {
                        wrong++;
                        System.out.println("PROBLEM: line " + number + " does not say what its bytes say");
                    }
                }
            }
            System.out.println(number + " lines, " + wrong + " wrong");
            return wrong == 0 ? 0 : Main.FAILED;
        }

        private static boolean says(EventJson json, String line) {
            try {
                return json.says(line);
            } catch (JsonProcessingException e) {
                System.out.println("PROBLEM: " + e.getOriginalMessage());
                return false;
            } catch (IOException | RuntimeException e) {
                System.out.println("PROBLEM: " + e.getMessage());
                return false;
            }
        }
    }
}
