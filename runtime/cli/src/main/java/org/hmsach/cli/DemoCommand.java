package org.hmsach.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hmsach.cli.demo.DemoOrganisation;
import org.hmsach.cli.demo.DemoOrganisation.People;
import org.hmsach.cli.server.FirstLogin;
import org.hmsach.cli.server.Home;
import org.hmsach.cli.server.ServerException;
import org.hmsach.cli.server.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        subcommands = DemoSwapCommand.class,
        description = {
            "Starts a server with a demo organisation: investors with cash and no positions, and an open market.",
            "Stays in the foreground until Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {
    static final List<String> FEATURES = List.of("core", "gov", "mkt", "mfe", "web", "console");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--data", paramLabel = "DIR", description = "data folder to keep (default: a temporary one)")
    private Path data;

    @Mixin
    private ServerOptions server;

    @Option(names = "--json", description = "print one line of JSON when ready, and nothing else")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        boolean temporary = data == null;
        Path folder = (temporary ? Files.createTempDirectory("hms-demo-") : data)
                .toAbsolutePath()
                .normalize();
        Map<String, String> properties = server.properties();
        if (!properties.containsKey("hms.market.data")) {
            properties.putIfAbsent("hms.market.session", "open"); // a simulated market need not sleep at night
        }
        properties.putIfAbsent("hms.marks.seconds", "15"); // so that the value chart lives
        System.err.println("hms: starting a demo server in " + folder);
        ServerProcess.Options options = new ServerProcess.Options(folder, FEATURES, properties, false);
        boolean isNew = options.isNew();
        ServerProcess process = ServerProcess.start(Home.find(), options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder, temporary), "hms-stop-server"));
        Optional<FirstLogin> first = FirstLogin.take(folder, isNew);
        if (first.isPresent()) {
            System.err.println("hms: making the demo organisation");
            People people = DemoOrganisation.create(process.url(), first.get(), List.of("alice", "bob"));
            tell(process, Optional.of(people));
        } else {
            tell(process, Optional.empty());
        }
        return process.awaitExit();
    }

    private void tell(ServerProcess process, Optional<People> people) throws IOException {
        System.out.println(json ? line(process, people) : text(process, people));
        System.out.flush();
    }

    private static String line(ServerProcess process, Optional<People> people) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("url", process.url()).put("pid", process.pid());
        people.ifPresent(all -> {
            line.set("operator", JSON.valueToTree(all.operator()));
            line.set("investors", JSON.valueToTree(all.investors()));
        });
        return JSON.writeValueAsString(line);
    }

    private static String text(ServerProcess process, Optional<People> people) {
        StringBuilder text = new StringBuilder("\nHMS-ACH demo: " + process.url() + "\n\n");
        if (people.isEmpty()) {
            return text + "The logins of this data folder were shown when it was first used. Ctrl-C stops.";
        }
        People all = people.get();
        text.append("Logins, generated and shown once:\n");
        all.investors().forEach(one -> text.append(row(one.login(), one.password(), "investor, 100000.00 USD")));
        text.append(row(all.operator().login(), all.operator().password(), "operator, compliance, administrator"));
        DemoOrganisation.Investor one = all.investors().get(0);
        return text.append("\nTry:\n  ")
                .append(process.url())
                .append("/ as an investor, ")
                .append(process.url())
                .append("/operator.html as the operator\n  curl -H 'APCA-API-KEY-ID: ")
                .append(one.keyId())
                .append("' -H 'APCA-API-SECRET-KEY: ")
                .append(one.secretKey())
                .append("' ")
                .append(process.url())
                .append("/v2/account\n  ")
                .append(process.url())
                .append("/system/console as the operator (Felix Web Console)\n\nCtrl-C stops.")
                .toString();
    }

    private static String row(String login, String password, String role) {
        return String.format("  %-10s %-24s %s%n", login, password, role);
    }

    private static void end(ServerProcess process, Path folder, boolean temporary) {
        process.close();
        if (temporary) {
            delete(folder);
        }
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | ServerException e) {
            System.err.println("hms: cannot delete " + folder + ": " + e.getMessage());
        }
    }
}
