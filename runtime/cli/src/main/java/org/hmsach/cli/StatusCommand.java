package org.hmsach.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hmsach.cli.http.HmsClient;
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
    public Integer call() throws IOException, InterruptedException {
        Optional<RunFile> running = RunFile.running(data.path());
        if (running.isEmpty()) {
            System.out.println("no server works on " + data.path());
            return Main.NOT_RUNNING;
        }
        RunFile run = running.get();
        HmsClient.Answer answer = new HmsClient(URI.create(run.url())).send("GET", "/health/ready", null);
        System.out.println((answer.ok() ? "ready" : "not ready: " + answer.json()) + "  " + run.url() + "  pid "
                + run.pid() + "  since " + run.started());
        return answer.ok() ? 0 : Main.FAILED;
    }
}
