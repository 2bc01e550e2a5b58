package org.hmsach.ops.internal.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.shadow.ShadowReport;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.RepositoryJars;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shadows in the Gogo shell. */
final class ShadowCommands {
    private ShadowCommands() {}

    /** {@code hms:module-shadow}. */
    @Component(
            service = Function.class,
            property = {"osgi.command.scope=hms", "osgi.command.function=module-shadow"})
    public static final class Look implements Function {
        private static final String LIST = "list";
        private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
        private static final String HELP = String.join(
                System.lineSeparator(),
                "hms:module-shadow FILE|NAME/VERSION --login NAME [--why TEXT] [--json]",
                "  stages the jar beside the version that serves; it sees live orders, its answers are compared and",
                "  never used. Asks for the password of NAME; another person promotes it",
                "hms:module-shadow list [--json]",
                "  the shadows that run, and the last that ended, with their counts",
                "hms:module-shadow ID [--json]",
                "  the report: each disagreement by rule and account, with the order behind it",
                "hms:module-shadow ID --stop --login NAME [--json]",
                "  stops it and takes it out",
                "  example: hms:module-shadow /tmp/org.hmsach.gov.checks-1.1.0.jar --login ann --why 'new collar'");

        private final RepositoryJars jars;
        private final ShadowDesk desk;
        private final SignIn signIn;

        /** Over the one engine. */
        @Activate
        public Look(
                @Reference RepositoryJars jars, @Reference ShadowDesk desk, @Reference Authenticator authenticator) {
            this.jars = jars;
            this.desk = desk;
            this.signIn = new SignIn(authenticator);
        }

        @Override
        public Object execute(CommandSession session, List<Object> arguments) throws IOException, InterruptedException {
            Words words = Words.of(arguments, HELP);
            return words.answer(() -> {
                String word = words.only("FILE or ID");
                if (word.equals(LIST)) {
                    List<ShadowReport> all =
                            desk.reports().stream().map(one -> one.brief(0)).toList();
                    return words.isJson()
                            ? ModuleCommands.json(all)
                            : all.stream()
                                    .map(ShadowCommands::head)
                                    .collect(Collectors.joining(System.lineSeparator()));
                }
                if (!word.matches(ID)) {
                    return told(stage(session, word, words), words);
                }
                if (words.has("--stop")) {
                    return told(desk.stop(word, signIn.who(session, words.option("--login"))), words);
                }
                return told(desk.report(word).orElseThrow(() -> new Refused("there is no shadow " + word)), words);
            });
        }

        private ShadowReport stage(CommandSession session, String file, Words words)
                throws Refused, IOException, InterruptedException {
            String who = signIn.who(session, words.option("--login"));
            return jars.useFileOr(file, jar -> desk.start(jar, who, words.option("--why")));
        }
    }

    /** {@code hms:module-promote}. */
    @Component(
            service = Function.class,
            property = {"osgi.command.scope=hms", "osgi.command.function=module-promote"})
    public static final class Promote implements Function {
        private static final String HELP = String.join(
                System.lineSeparator(),
                "hms:module-promote ID --login NAME [--why TEXT] [--watch-ms N] [--json]",
                "  moves callers to the shadow, a swap like any other, with its report in the record; waits for",
                "  the end of the probation. Asks for the password of NAME, who is not the one that staged it",
                "  example: hms:module-promote 0b4ae4a2-8d2e-4c39-9d4c-0f6f3a6a2f52 --login bob --why 'clean'");

        private final ShadowDesk desk;
        private final SignIn signIn;

        /** Over the one desk. */
        @Activate
        public Promote(@Reference ShadowDesk desk, @Reference Authenticator authenticator) {
            this.desk = desk;
            this.signIn = new SignIn(authenticator);
        }

        @Override
        public Object execute(CommandSession session, List<Object> arguments) throws IOException, InterruptedException {
            Words words = Words.of(arguments, HELP);
            long watchMs = words.number("--watch-ms", SwapEngine.WATCH_MS);
            return words.answer(() -> {
                String who = signIn.who(session, words.option("--login"));
                Operation.Request request = new Operation.Request("promote", who, words.option("--why"), watchMs);
                return ModuleCommands.told(desk.promote(words.only("ID"), request), words);
            });
        }
    }

    private static String told(ShadowReport report, Words words) throws JsonProcessingException {
        return words.isJson() ? ModuleCommands.json(report) : text(report);
    }

    private static String head(ShadowReport report) {
        ShadowReport.Counts counts = report.counts();
        return report.id() + " " + report.module() + " " + report.shadow().version() + " beside "
                + report.serves().version() + ", staged by " + report.stagedBy()
                + (report.why().isEmpty() ? "" : ": " + report.why()) + ", " + report.state()
                + System.lineSeparator() + "  orders " + counts.orders() + ", waiting " + counts.waiting()
                + ", dropped " + counts.dropped() + "; answers compared " + counts.compared() + ", stricter "
                + counts.stricter() + ", looser " + counts.looser() + ", failed " + counts.failed() + ", late "
                + counts.late()
                + (counts.lastFailure().isEmpty() ? "" : ", last failure " + counts.lastFailure());
    }

    private static String text(ShadowReport report) {
        StringBuilder text = new StringBuilder(head(report));
        for (ShadowReport.Row row : report.rows()) {
            text.append(System.lineSeparator()).append("  ").append(row.rule()).append(" of account ");
            text.append(row.account())
                    .append(": compared ")
                    .append(row.compared())
                    .append(", stricter ");
            text.append(row.stricter()).append(", looser ").append(row.looser());
            for (ShadowReport.Disagreement one : row.disagreements()) {
                text.append(System.lineSeparator()).append("    ").append(line(one));
            }
            if (row.notShown() > 0) {
                text.append(System.lineSeparator())
                        .append("    and ")
                        .append(row.notShown())
                        .append(" more");
            }
        }
        return text.toString();
    }

    private static String line(ShadowReport.Disagreement one) {
        return Instant.ofEpochMilli(one.atMs()) + " order " + one.order() + " (" + one.clientOrderId() + ") "
                + one.side() + " " + one.qty() + " " + one.symbol() + ": serves " + said(one.live()) + "; shadow "
                + said(one.shadow());
    }

    private static String said(ShadowReport.Said said) {
        return said.answer()
                + (said.detail().isEmpty() ? "" : ", " + said.detail())
                + (said.value().isEmpty() ? "" : ", value " + said.value())
                + (said.limit().isEmpty() ? "" : ", limit " + said.limit());
    }
}
