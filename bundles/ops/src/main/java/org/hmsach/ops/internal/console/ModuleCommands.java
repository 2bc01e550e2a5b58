package org.hmsach.ops.internal.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.hmsach.api.module.PlugIns;
import org.hmsach.ops.internal.json.Json;
import org.hmsach.ops.internal.modules.ModuleKeeper;
import org.hmsach.ops.internal.modules.ModuleList;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Preview;
import org.hmsach.ops.internal.swap.RepositoryJars;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Modules in the Gogo shell. Functions and not methods: only so may a command's name have a dash. */
final class ModuleCommands {
    private static final ObjectMapper JSON = Json.mapper();
    private static final String WHO = "console";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private ModuleCommands() {}

    /** {@code hms:module-update}. */
    @Component(
            service = Function.class,
            property = {"osgi.command.scope=hms", "osgi.command.function=module-update"})
    public static final class Update implements Function {
        private static final String HELP = String.join(
                System.lineSeparator(),
                "hms:module-update FILE|NAME/VERSION [--why TEXT] [--watch-ms N] [--json]",
                "  replaces the module of the jar's symbolic name side by side, waits for the end of the probation,",
                "  which lasts 10000 ms where nothing else is said; NAME/VERSION is one of hms module list",
                "  example: hms:module-update /tmp/org.hmsach.gov.checks-1.1.0.jar --why 'stricter collar'");

        private final SwapEngine engine;
        private final RepositoryJars jars;

        /** Over the one engine. */
        @Activate
        public Update(@Reference SwapEngine engine, @Reference RepositoryJars jars) {
            this.engine = engine;
            this.jars = jars;
        }

        @Override
        public Object execute(CommandSession session, List<Object> arguments) throws IOException, InterruptedException {
            Words words = Words.of(arguments, HELP);
            long watchMs = words.number("--watch-ms", SwapEngine.WATCH_MS);
            Operation.Request request = new Operation.Request("update", WHO, words.option("--why"), watchMs);
            return words.answer(() -> {
                String jar = words.only("FILE or NAME/VERSION");
                return told(jars.useFileOr(jar, staged -> engine.update(staged, request)), words);
            });
        }
    }

    /** {@code hms:module-preview}. */
    @Component(
            service = Function.class,
            property = {"osgi.command.scope=hms", "osgi.command.function=module-preview"})
    public static final class Look implements Function {
        private static final String HELP = String.join(
                System.lineSeparator(),
                "hms:module-preview FILE|NAME/VERSION [--json]",
                "  what the jar would change, before anything moves",
                "  example: hms:module-preview /tmp/org.hmsach.gov.checks-1.1.0.jar");

        private final SwapEngine engine;
        private final RepositoryJars jars;

        /** Over the one engine. */
        @Activate
        public Look(@Reference SwapEngine engine, @Reference RepositoryJars jars) {
            this.engine = engine;
            this.jars = jars;
        }

        @Override
        public Object execute(CommandSession session, List<Object> arguments) throws IOException, InterruptedException {
            Words words = Words.of(arguments, HELP);
            return words.answer(() -> {
                Preview preview = jars.useFileOr(words.only("FILE or NAME/VERSION"), engine::preview);
                return words.isJson() ? json(preview) : preview.toString();
            });
        }
    }

    /** {@code hms:module-rollback}. */
    @Component(
            service = Function.class,
            property = {"osgi.command.scope=hms", "osgi.command.function=module-rollback"})
    public static final class Rollback implements Function {
        private static final String HELP = String.join(
                System.lineSeparator(),
                "hms:module-rollback SYMBOLIC-NAME [--why TEXT] [--watch-ms N] [--json]",
                "  brings the version back that served before; ends a probation that is under way",
                "  example: hms:module-rollback org.hmsach.gov.checks --why 'refuses too much'");

        private final SwapEngine engine;

        /** Over the one engine. */
        @Activate
        public Rollback(@Reference SwapEngine engine) {
            this.engine = engine;
        }

        @Override
        public Object execute(CommandSession session, List<Object> arguments) throws IOException, InterruptedException {
            Words words = Words.of(arguments, HELP);
            long watchMs = words.number("--watch-ms", SwapEngine.WATCH_MS);
            return words.answer(() ->
                    told(engine.rollback(words.only("SYMBOLIC-NAME"), WHO, words.option("--why"), watchMs), words));
        }
    }

    /** {@code hms:module-remove}. */
    @Component(
            service = Function.class,
            property = {"osgi.command.scope=hms", "osgi.command.function=module-remove"})
    public static final class Remove implements Function {
        private static final String HELP = String.join(
                System.lineSeparator(),
                "hms:module-remove SYMBOLIC-NAME [--why TEXT] [--json]",
                "  takes a module out until its jar is installed again; refused while it answers a required rule",
                "  example: hms:module-remove com.acme.maxshares --why 'the contract has ended'");

        private final SwapEngine engine;
        private final ModuleKeeper keeper;

        /** Over the one engine. */
        @Activate
        public Remove(@Reference SwapEngine engine, @Reference ModuleKeeper keeper) {
            this.engine = engine;
            this.keeper = keeper;
        }

        @Override
        public Object execute(CommandSession session, List<Object> arguments) throws IOException, InterruptedException {
            Words words = Words.of(arguments, HELP);
            return words.answer(() -> {
                String name = words.only("SYMBOLIC-NAME");
                Operation.Request request = new Operation.Request("remove", WHO, words.option("--why"), 0);
                Operation.Record record = engine.remove(name, request, keeper);
                return words.isJson() ? json(record) : text(record);
            });
        }
    }

    /** {@code hms:module-diag}. */
    @Component(
            service = Function.class,
            property = {"osgi.command.scope=hms", "osgi.command.function=module-diag"})
    public static final class Diag implements Function {
        private static final String HELP = String.join(
                System.lineSeparator(),
                "hms:module-diag SYMBOLIC-NAME [--json]",
                "  what runs, how its services do, what it left behind, and all operations on it that are known",
                "  example: hms:module-diag org.hmsach.gov.checks");

        private final SwapEngine engine;
        private final ModuleList modules;
        private final PlugIns plugIns;

        /** Over the one engine. */
        @Activate
        public Diag(@Reference SwapEngine engine, @Reference ModuleList modules, @Reference PlugIns plugIns) {
            this.engine = engine;
            this.modules = modules;
            this.plugIns = plugIns;
        }

        @Override
        public Object execute(CommandSession session, List<Object> arguments) throws IOException, InterruptedException {
            Words words = Words.of(arguments, HELP);
            return words.answer(() -> {
                String name = words.only("SYMBOLIC-NAME");
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("module", name);
                all.put("runs", engine.version(name));
                List<Operation.Record> operations = engine.operations().stream()
                        .filter(one -> one.module().equals(name))
                        .toList();
                all.put("operations", operations);
                all.put("health", modules.health(name));
                all.put("plugIns", modules.plugIns(name));
                List<String> left = plugIns.leftovers().stream()
                        .filter(line -> line.contains(name))
                        .toList();
                all.put("leftovers", left);
                return words.isJson()
                        ? json(all)
                        : name + " runs as " + engine.version(name) + System.lineSeparator()
                                + lines(modules.health(name)) + lines(modules.plugIns(name)) + lines(left)
                                + operations.stream()
                                        .map(ModuleCommands::text)
                                        .collect(Collectors.joining(System.lineSeparator()));
            });
        }
    }

    private static String lines(List<?> all) {
        return all.stream().map(one -> "  " + one + System.lineSeparator()).collect(Collectors.joining());
    }

    static String told(Operation operation, Words words) throws InterruptedException, JsonProcessingException {
        Operation.Record end = operation.awaitEnd(PATIENCE);
        return words.isJson() ? json(end) : text(end);
    }

    private static String text(Operation.Record record) {
        return record.id() + " " + record.request().kind() + " of " + record.module() + ", "
                + record.from().version() + " to " + record.to().version() + ", by "
                + record.request().who()
                + (record.request().why().isEmpty()
                        ? ""
                        : ": " + record.request().why())
                + record.steps().stream()
                        .map(step -> System.lineSeparator() + "  " + Instant.ofEpochMilli(step.atMs()) + " "
                                + step.phase() + " " + step.detail())
                        .collect(Collectors.joining())
                + System.lineSeparator() + "  measured " + record.measured() + ", let go " + record.refreshed();
    }

    static String json(Object value) throws JsonProcessingException {
        return JSON.writeValueAsString(value);
    }
}
