package org.hmsach.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hmsach.cli.data.TapeExport;
import org.hmsach.cli.data.TapeFile;
import org.hmsach.cli.demo.DemoOrganisation;
import org.hmsach.cli.demo.SwapDemo;
import org.hmsach.cli.demo.SwapFigures;
import org.hmsach.cli.load.TapeProof;
import org.hmsach.cli.server.FirstLogin;
import org.hmsach.cli.server.Home;
import org.hmsach.cli.server.ServerException;
import org.hmsach.cli.server.ServerProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "swap",
        mixinStandardHelpOptions = true,
        description = {
            "Shows a rule replaced while orders flow: a first version, a stricter second one through shadow, report",
            "and promotion by a second person, and a broken third one that gives way by itself. Starts a server of",
            "its own, takes a minute or two, prints what was offered and what became of it, and leaves nothing behind.",
            "Exit code 0 only when every promise was kept, else 1."
        })
final class DemoSwapCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(names = "--json", description = "print one line of JSON at the end, and nothing else")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path jars = Home.find().path().resolve("demo");
        if (!Files.isDirectory(jars)) {
            throw new ServerException("there is no " + jars + ": this distribution came without the demo's bundles");
        }
        Path data = Files.createTempDirectory("hms-demo-swap-");
        SwapFigures figures = new SwapFigures();
        try {
            play(data, jars, figures);
            Path tape = data.resolve("tape.jsonl");
            try (TapeFile file = TapeFile.open(data)) {
                new TapeExport(TapeExport.Format.JSONL).append(file, Long.MAX_VALUE, tape);
            }
            figures.count(TapeProof.of(tape));
        } finally {
            DemoCommand.delete(data);
        }
        System.out.println(json ? line(figures) : text(figures));
        return figures.notKept().isEmpty() ? 0 : Main.FAILED;
    }

    private void play(Path data, Path jars, SwapFigures figures) throws IOException, InterruptedException {
        System.err.println(
                "hms: starting a demo server in " + data + ", without trust: the demo's bundles are unsigned");
        Map<String, String> properties = Map.of("hms.port", "0", "hms.market.session", "open", "hms.trust", "off");
        ServerProcess.Options options = new ServerProcess.Options(data, DemoCommand.FEATURES, properties, true);
        try (ServerProcess process = ServerProcess.start(Home.find(), options)) {
            Thread hook = new Thread(process::close, "hms-stop-server");
            Runtime.getRuntime().addShutdownHook(hook);
            FirstLogin login =
                    FirstLogin.take(data, true).orElseThrow(() -> new ServerException("the server has no first login"));
            DemoOrganisation.People people = DemoOrganisation.create(process.url(), login, List.of("alice"));
            new SwapDemo(URI.create(process.url()), people, jars, figures, this::say).run();
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void say(String step) {
        if (!json) {
            System.out.println(step);
            System.out.flush();
        }
    }

    private static String line(SwapFigures figures) throws IOException {
        Map<String, Object> all = figures.all();
        all.put("notKept", figures.notKept());
        return JSON.writeValueAsString(all);
    }

    private static String text(SwapFigures figures) {
        StringBuilder text = new StringBuilder();
        figures.all().forEach((name, value) -> text.append(String.format("  %-26s %s%n", name, value)));
        if (figures.notKept().isEmpty()) {
            return text + "every promise was kept";
        }
        figures.notKept().forEach(one -> text.append("NOT KEPT: ").append(one).append(System.lineSeparator()));
        return text.toString();
    }
}
