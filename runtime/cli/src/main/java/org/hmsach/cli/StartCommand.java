package org.hmsach.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hmsach.cli.server.FirstLogin;
import org.hmsach.cli.server.Home;
import org.hmsach.cli.server.RunFile;
import org.hmsach.cli.server.ServerException;
import org.hmsach.cli.server.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Starts a server and waits until it is ready.")
final class StartCommand implements Callable<Integer> {
    @Mixin
    private DataOption data;

    @Mixin
    private ServerOptions server;

    @Option(
            names = "--features",
            split = ",",
            paramLabel = "NAME",
            description = "what the organisation wants, e.g. core,gov,mkt,mfe,web; remembered in DATA/features.list")
    private List<String> features = List.of();

    @Option(names = "--foreground", description = "stay in the foreground until Ctrl-C or SIGTERM")
    private boolean foreground;

    @Override
    public Integer call() throws InterruptedException {
        Optional<RunFile> running = RunFile.running(data.path());
        if (running.isPresent()) {
            throw new ServerException("a server already works on " + data.path() + ": "
                    + running.get().url() + " (pid " + running.get().pid() + ")");
        }
        ServerProcess process = ServerProcess.start(
                Home.find(), new ServerProcess.Options(data.path(), features, server.properties(), !foreground));
        if (foreground) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "hms-stop-server"));
        }
        System.out.println("HMS-ACH is ready at " + process.url() + " (pid " + process.pid() + ")");
        FirstLogin.take(data.path())
                .ifPresent(login -> System.out.println("First login, shown once: " + login.login() + "  "
                        + login.password() + "\nChange the password after logging in."));
        return foreground ? process.awaitExit() : 0;
    }
}
