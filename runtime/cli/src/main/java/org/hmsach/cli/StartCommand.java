package org.hmsach.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

@Command(name = "start", mixinStandardHelpOptions = true, description = "Starts a server and waits until it is ready.")
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

    @Option(names = "--json", description = "print one line of JSON when ready, and nothing else")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        Optional<RunFile> running = RunFile.running(data.path());
        if (running.isPresent()) {
            throw new ServerException("a server already works on " + data.path() + ": "
                    + running.get().url() + " (pid " + running.get().pid() + ")");
        }
        ServerProcess.Options options =
                new ServerProcess.Options(data.path(), features, server.properties(), !foreground);
        System.err.println("hms: starting a server in " + data.path()
                + (foreground ? "" : ", its log is " + data.path().resolve("log/launcher.log")));
        boolean isNew = options.isNew();
        ServerProcess process = ServerProcess.start(Home.find(), options);
        if (foreground) {
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "hms-stop-server"));
        }
        System.out.println(line(process, FirstLogin.take(data.path(), isNew)));
        System.out.flush();
        return foreground ? process.awaitExit() : 0;
    }

    private String line(ServerProcess process, Optional<FirstLogin> first) {
        if (json) {
            ObjectNode line = new ObjectMapper()
                    .createObjectNode()
                    .put("url", process.url())
                    .put("pid", process.pid());
            first.ifPresent(
                    login -> line.putObject("admin").put("login", login.login()).put("password", login.password()));
            return line.toString();
        }
        String ready = "HMS-ACH is ready at " + process.url() + " (pid " + process.pid() + ")";
        return first.map(login -> ready + "\nFirst login, shown once: " + login.login() + "  " + login.password()
                        + "\nChange the password after logging in.")
                .orElse(ready);
    }
}
