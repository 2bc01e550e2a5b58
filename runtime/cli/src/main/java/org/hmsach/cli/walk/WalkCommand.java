package org.hmsach.cli.walk;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drives an investor's whole workflow through the public API and asserts every step. */
@Command(
        name = "walk",
        mixinStandardHelpOptions = true,
        description = {
            "Drives the workflow through the public API, prints each step with its time, and exits 0 only if every",
            "assertion holds. Without --url it starts a server of its own in a temporary directory."
        })
public final class WalkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--market-data", paramLabel = "DIR", description = "Trade and quote files to replay.")
    private Optional<Path> marketData = Optional.empty();

    @Option(names = "--url", paramLabel = "URL", description = "A running server. Needs --operator.")
    private Optional<URI> url = Optional.empty();

    @Option(
            names = "--operator",
            paramLabel = "LOGIN",
            defaultValue = "operator",
            description = "Operator's login at --url; the password is read from HMS_OPERATOR_PASSWORD.")
    private String operator;

    @Option(names = "--symbol", paramLabel = "SYMBOL", defaultValue = "IBM", description = "What to trade.")
    private String symbol;

    @Option(
            names = "--kill",
            description = "Kill the own server (-9) in a burst of orders and prove that nothing is lost.")
    private boolean kill;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (kill && url.isPresent()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--kill needs a server of its own, without --url");
        }
        if (marketData.isPresent() && !Files.isDirectory(marketData.get())) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--market-data " + marketData.get() + " is not a directory");
        }
        Report report = new Report(out);
        try {
            if (url.isPresent()) {
                walk(report, url.get(), operator, password(), Optional.empty());
            } else {
                walkOnOwnServer(report);
            }
            out.println("all " + report.steps() + " steps hold");
            return CommandLine.ExitCode.OK;
        } catch (Report.Failed | IOException e) {
            out.println("the walk stopped: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void walkOnOwnServer(Report report) throws IOException, InterruptedException {
        try (WalkServer server = new WalkServer(marketData.map(Path::toAbsolutePath))) {
            report.step("start", server::startDemo);
            walk(report, server.url(), server.operatorLogin(), server.operatorPassword(), Optional.of(server));
        }
    }

    private void walk(Report report, URI base, String login, String password, Optional<WalkServer> server)
            throws IOException, InterruptedException {
        People people = new People(base);
        people.refuseWrongPassword(report, login);
        people.logIn(report, login, password);
        people.deposit(report);
        Trading trading = new Trading(report, people, symbol, marketData.map(RawQuotes::new));
        trading.lookAround();
        OrderLife life = new OrderLife(report, people, trading, symbol);
        try (TradeStream stream = new TradeStream(base, people.keyId, people.secretKey)) {
            trading.market(stream, "buy", "100");
            life.restReplaceFillCancel(stream);
            life.sameIdTradesOnce();
            trading.market(stream, "sell", "50");
        }
        Settlement settlement = new Settlement(report, people);
        settlement.closeAndSettle();
        if (kill) {
            new KillBurst(report, people, trading, server.orElseThrow(), symbol).run(login, password);
        }
        settlement.prove();
    }

    private String password() {
        return Optional.ofNullable(System.getenv("HMS_OPERATOR_PASSWORD"))
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "--url needs the operator's password in HMS_OPERATOR_PASSWORD"));
    }
}
