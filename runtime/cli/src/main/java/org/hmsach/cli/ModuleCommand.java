package org.hmsach.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hmsach.cli.maven.MavenId;
import org.hmsach.cli.maven.MavenSource;
import org.hmsach.cli.server.Home;
import org.hmsach.cli.server.RunFile;
import org.hmsach.cli.server.ServerException;
import org.hmsach.launcher.BundleRepository;
import org.hmsach.launcher.ModuleOverview;
import org.hmsach.launcher.Settings;
import org.hmsach.launcher.Trust;
import org.hmsach.trust.Judgement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "module",
        mixinStandardHelpOptions = true,
        description = {
            "The organisation's own bundles, versions side by side in DATA/repository; of a running server too.",
            "Nothing begins to run by being there: a feature names it, or an update takes it from there."
        },
        subcommands = {ModuleCommand.Add.class, ModuleCommand.ListVersions.class, ModuleCommand.Remove.class},
        synopsisSubcommandLabel = "COMMAND")
final class ModuleCommand {
    private static final int DIGEST_SHOWN = 12;

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a version of a bundle that a trusted signer signed.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:it is there", "1:it was refused, or is not to be had"})
    static final class Add implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Parameters(paramLabel = "FILE|GAV", description = "a jar, or group:artifact:version of a Maven repository")
        private String what;

        @Option(
                names = "--maven-repo",
                paramLabel = "DIR",
                description = "local Maven repository (default: ~/.m2/repository)")
        private Path mavenRepo = Path.of(System.getProperty("user.home"), ".m2", "repository");

        @Option(
                names = "--online",
                description = "fetch what is not there from the Maven repository of --maven-url or of hms.maven.url")
        private boolean online;

        @Option(
                names = "--maven-url",
                paramLabel = "URL",
                description = "address of a Maven repository, of Maven Central or the organisation's own")
        private URI mavenUrl;

        @Override
        public Integer call() throws IOException, InterruptedException {
            Settings settings = Settings.look(Home.find().path(), data.path(), List.of());
            Path folder = Files.createTempDirectory("hms-module");
            try {
                Path file = Path.of(what);
                Optional<MavenId> id = Files.isRegularFile(file) ? Optional.empty() : MavenId.of(what);
                if (id.isPresent()) {
                    file = new MavenSource(mavenRepo, remote(settings)).jar(id.get(), folder);
                } else if (!Files.isRegularFile(file)) {
                    throw new ServerException("there is no file " + what + ", nor is it group:artifact:version");
                }
                BundleRepository.Entry entry = new BundleRepository(settings.data())
                        .add(file, id.map(MavenId::toString).orElse(""), Trust.office(settings));
                System.out.println(entry.id() + " is in the repository, digest " + entry.digest());
                return 0;
            } finally {
                Files.deleteIfExists(folder.resolve("fetched.jar"));
                Files.delete(folder);
            }
        }

        private Optional<URI> remote(Settings settings) {
            boolean allowed = online
                    || settings.properties()
                            .getOrDefault("hms.maven.online", "false")
                            .equals("true");
            if (!allowed) {
                return Optional.empty();
            }
            String url =
                    mavenUrl == null ? settings.properties().getOrDefault("hms.maven.url", "") : mavenUrl.toString();
            if (url.isBlank()) {
                throw new ServerException(
                        "no address to fetch from: give --maven-url, or set hms.maven.url in conf/hms.properties");
            }
            return Optional.of(URI.create(url));
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "The versions of the modules, who answers for each, and which is wanted and runs.")
    static final class ListVersions implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Option(names = "--json", description = "print one JSON array")
        private boolean json;

        @Override
        public Integer call() {
            boolean isRunning = RunFile.running(data.path()).isPresent();
            ArrayNode rows = new ObjectMapper().createArrayNode();
            for (ModuleOverview.Row row : new ModuleOverview(Home.find().path(), data.path(), isRunning).rows()) {
                if (json) {
                    fill(rows.addObject(), row);
                } else {
                    System.out.println(line(row));
                }
            }
            if (json) {
                System.out.println(rows);
            } else if (!isRunning) {
                System.out.println("no server runs");
            }
            return 0;
        }

        private static void fill(ObjectNode json, ModuleOverview.Row row) {
            Judgement trust = row.trust();
            json.put("name", row.name())
                    .put("version", row.version())
                    .put("digest", row.digest())
                    .put("in", row.place())
                    .put("trusted", trust.trusted())
                    .put("signer", trust.signer())
                    .put("reason", trust.reason())
                    .put("desired", row.desired())
                    .put("runs", row.runs() && trust.trusted());
            row.features().forEach(json.putArray("features")::add);
        }

        private static String line(ModuleOverview.Row row) {
            Judgement trust = row.trust();
            List<String> words = new ArrayList<>();
            if (row.runs() && trust.trusted()) {
                words.add("runs");
            }
            if (row.desired()) {
                words.add("desired");
            }
            row.features().forEach(feature -> words.add("feature " + feature));
            return String.format(
                            "%-28s %-18s %s  %-13s %s  %s",
                            row.name(),
                            row.version(),
                            row.digest().substring(0, DIGEST_SHOWN),
                            row.place(),
                            trust.trusted() && trust.reason().isEmpty()
                                    ? "signer " + trust.signer()
                                    : (trust.trusted() ? "TRUST IS OFF: " : "refused: ") + trust.reason(),
                            String.join(", ", words))
                    .stripTrailing();
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Takes a version out that nothing runs, wants or names.",
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:it is gone", "1:it is not there, or it stays"})
    static final class Remove implements Callable<Integer> {
        @Mixin
        private DataOption data;

        @Parameters(paramLabel = "NAME/VERSION", description = "symbolic name and version, as hms module list says")
        private String id;

        @Override
        public Integer call() {
            boolean isRunning = RunFile.running(data.path()).isPresent();
            BundleRepository.Entry gone = new ModuleOverview(Home.find().path(), data.path(), isRunning).remove(id);
            System.out.println(gone.id() + " is gone");
            return 0;
        }
    }
}
