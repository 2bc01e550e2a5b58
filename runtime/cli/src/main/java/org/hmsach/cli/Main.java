package org.hmsach.cli;

import java.io.IOException;
import org.hmsach.cli.data.FolderInUseException;
import org.hmsach.cli.server.NotRunningException;
import org.hmsach.cli.server.ServerException;
import org.hmsach.cli.walk.WalkCommand;
import org.hmsach.launcher.LaunchException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code hms}. Exit codes: 0 done, 1 failed, 2 wrong use, 3 no server runs, 4 the folder is in use. */
@Command(
        name = "hms",
        description = "HMS-ACH: a headless trading and portfolio platform.",
        mixinStandardHelpOptions = true,
        version = "HMS-ACH 0.1.0",
        subcommands = {
            DemoCommand.class,
            StartCommand.class,
            StatusCommand.class,
            StopCommand.class,
            WalkCommand.class,
            VerifyCommand.class,
            TapeCommand.class,
            HistoryCommand.class,
            RebuildCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            TrustCommand.class,
            FeaturesCommand.class,
            ModuleCommand.class
        })
public final class Main {
    static final int FAILED = 1;
    static final int NOT_RUNNING = 3;
    static final int IN_USE = 4;

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        CommandLine line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof FolderInUseException) {
                System.err.println("hms: " + problem.getMessage());
                return IN_USE;
            }
            if (problem instanceof NotRunningException) {
                System.err.println("hms: " + problem.getMessage());
                return NOT_RUNNING;
            }
            if (problem instanceof ServerException
                    || problem instanceof LaunchException
                    || problem instanceof IOException) {
                System.err.println("hms: " + problem.getMessage());
                return FAILED;
            }
            throw problem;
        });
        if (args.length == 0) {
            line.usage(System.err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(args);
    }
}
