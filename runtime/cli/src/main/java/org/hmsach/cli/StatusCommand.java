package org.hmsach.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.hmsach.cli.http.Api;
import org.hmsach.cli.server.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells whether a server runs and is ready (exit 0 ready, 1 not ready, 3 not running).")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Override
    public Integer call() {
        Optional<RunFile> running = RunFile.running(data.path());
        if (running.isEmpty()) {
            System.out.println("no server works on " + data.path());
            return Main.NOT_RUNNING;
        }
        RunFile run = running.get();
        Api.Answer answer = Api.anonymous(run.url()).send("GET", "/health/ready", null);
        System.out.println((answer.ok() ? "ready" : "not ready: " + answer.body()) + "  " + run.url() + "  pid "
                + run.pid() + "  since " + run.started());
        return answer.ok() ? 0 : Main.FAILED;
    }
}
