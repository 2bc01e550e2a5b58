package org.hmsach.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hmsach.cli.server.Home;
import org.hmsach.launcher.FeatureNeeds;
import org.hmsach.launcher.FeatureOverview;
import org.hmsach.launcher.FeatureOverview.Part;
import org.hmsach.launcher.FeatureOverview.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "features",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the features: which are on, what each is made of, and what it needs, as its bundles say.",
            "The organisation's own are files DATA/features/NAME.json."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all is well", "1:one that is on cannot be used, or what --fit names does not fit"})
final class FeaturesCommand implements Callable<Integer> {
    private static final int DIGEST_SHOWN = 12;

    @Mixin
    private DataOption data;

    @Option(
            names = "--fit",
            split = ",",
            paramLabel = "NAME",
            description = "instead: would these features run together? Resolved as a server does, nothing is started")
    private List<String> fit = List.of();

    @Option(names = "--all", description = "list the libraries too, and every package and service by name")
    private boolean all;

    @Option(names = "--json", description = "print JSON, everything in it")
    private boolean json;

    @Override
    public Integer call() {
        Path home = Home.find().path();
        if (!fit.isEmpty()) {
            return fits(FeatureOverview.missing(home, data.path(), fit));
        }
        List<Row> rows = FeatureOverview.of(home, data.path());
        if (json) {
            ArrayNode array = new ObjectMapper().createArrayNode();
            rows.forEach(row -> fill(array.addObject(), row));
            System.out.println(array);
        } else {
            rows.forEach(this::print);
        }
        return rows.stream().anyMatch(row -> row.on() && !row.broken().isEmpty()) ? Main.FAILED : 0;
    }

    private int fits(List<String> missing) {
        if (json) {
            ObjectNode answer = new ObjectMapper().createObjectNode().put("fits", missing.isEmpty());
            missing.forEach(answer.putArray("missing")::add);
            System.out.println(answer);
        } else if (missing.isEmpty()) {
            System.out.println(String.join(", ", fit) + ": they fit, every bundle resolves");
        } else {
            missing.forEach(System.out::println);
        }
        return missing.isEmpty() ? 0 : Main.FAILED;
    }

    private static void fill(ObjectNode json, Row row) {
        json.put("name", row.name())
                .put("on", row.on())
                .put("own", row.own())
                .put("description", row.description())
                .put("broken", row.broken());
        ArrayNode bundles = json.putArray("bundles");
        for (Part part : row.bundles()) {
            bundles.addObject()
                    .put("name", part.file().name())
                    .put("version", part.file().version())
                    .put("digest", part.file().digest())
                    .put("maven", part.mavenId())
                    .put("from", part.own() ? "repository" : "distribution")
                    .put("replacedBy", part.replaced());
        }
        fill(json.putObject("needs"), row.needs().needs());
        fill(json.putObject("uses"), row.needs().uses());
        row.needs().missing().forEach(json.putArray("missing")::add);
    }

    private static void fill(ObjectNode json, Map<String, Set<String>> from) {
        from.forEach((feature, what) -> what.forEach(json.withArray("/" + feature)::add));
    }

    private void print(Row row) {
        System.out.printf(
                "%-10s %-10s %s%s%n",
                row.name(), row.on() ? "on" : "available", row.description(), row.own() ? " (your own)" : "");
        if (!row.broken().isEmpty()) {
            System.out.println("    cannot be used: " + row.broken());
            return;
        }
        List<Part> shown =
                row.bundles().stream().filter(part -> all || isModule(part)).toList();
        shown.forEach(FeaturesCommand::print);
        if (shown.size() < row.bundles().size()) {
            System.out.println("    and " + (row.bundles().size() - shown.size()) + " libraries (--all)");
        }
        FeatureNeeds needs = row.needs();
        print("needs", needs.needs());
        print("uses, where it is on,", needs.uses());
        needs.missing().forEach(one -> System.out.println("    no feature has what it needs: " + one));
    }

    private static boolean isModule(Part part) {
        return part.own() || part.file().name().startsWith("org.hmsach.");
    }

    private static void print(Part part) {
        String more = part.own()
                ? ", from the repository, digest " + part.file().digest().substring(0, DIGEST_SHOWN)
                : "";
        String replaced = part.replaced().isEmpty() ? "" : ", an operator's instead: " + part.replaced();
        System.out.println("    " + part.file().name() + " " + part.file().version() + more + replaced);
    }

    private void print(String word, Map<String, Set<String>> from) {
        from.forEach((feature, what) -> System.out.println(
                "    " + word + " " + feature + ": " + (all ? String.join(", ", what) : counted(what))));
    }

    /** Services by name, for they say what for; the rest by number. */
    private static String counted(Collection<String> what) {
        Map<String, List<String>> kinds = what.stream()
                .collect(Collectors.groupingBy(one -> one.split(" ", 2)[0], TreeMap::new, Collectors.toList()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue().size() == 1
                        ? kind.getValue().get(0)
                        : kind.getValue().size() + " " + kind.getKey() + "s")
                .collect(Collectors.joining(", "));
    }
}
