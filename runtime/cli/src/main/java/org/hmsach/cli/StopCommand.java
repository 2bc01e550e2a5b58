package org.hmsach.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.hmsach.cli.server.RunFile;
import org.hmsach.cli.server.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops the server cleanly; none running is fine.")
final class StopCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Override
    public Integer call() {
        Optional<ProcessHandle> process = RunFile.running(data.path()).flatMap(RunFile::process);
        if (process.isEmpty()) {
            System.out.println("no server works on " + data.path());
            return 0;
        }
        System.err.println("hms: stopping " + process.get().pid());
        ServerProcess.stop(process.get());
        System.out.println("stopped");
        return 0;
    }
}
