package org.hmsach.bench.faults.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hmsach.bench.faults.platform.Deed.Known;
import org.hmsach.cli.data.PlatformCheck;
import org.hmsach.cli.data.StoppedFolder;
import org.hmsach.cli.demo.DemoOrganisation;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.cli.server.FirstLogin;
import org.hmsach.cli.server.Home;
import org.hmsach.cli.server.ServerException;
import org.hmsach.cli.server.ServerProcess;
import org.hmsach.core.internal.audit.CoreCheck;
import org.hmsach.core.internal.audit.CoreReport;
import org.hmsach.core.internal.disk.Problem;

/** A server of the distribution on data of its own, clients that load it, and what every fault ends with. */
final class Rig implements AutoCloseable {
    private static final List<String> FEATURES = List.of("core", "gov", "mkt", "mfe");
    private static final int ACCOUNTS = 4;
    private static final int CLIENTS_AN_ACCOUNT = 2;
    private static final long CASH_MINOR = 50_000_000_00L;
    private static final int AGREE_SECONDS = 60;
    private static final int MOST_ROUNDS = 50;
    /** Longer nobody may wait for an answer after a fault is over. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Home home;
    private final Path data;
    private final AnswerCount answers = new AnswerCount();
    /** All of them; the last one trades only when it is asked to. */
    private final List<Trader> traders = new ArrayList<>();

    private final List<Thread> running = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();
    private Map<String, String> variables = Map.of();
    private volatile Optional<ServerProcess> server = Optional.empty();
    private Operator operator;

    /** @param data an empty folder, or one that does not exist */
    Rig(Path data) {
        this.home = new Home(distribution());
        this.data = data.toAbsolutePath();
    }

    /** What the build left, seen from the source tree or from the folder of the benchmarks. */
    private static Path distribution() {
        return Stream.of("distribution", "../distribution")
                .map(folder -> Path.of(folder)
                        .resolve("target/hms-ach")
                        .toAbsolutePath()
                        .normalize())
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(
                        () -> new ServerException("the distribution is not built: mvn -pl distribution -am package"));
    }

    Path data() {
        return data;
    }

    /** The environment of servers started from now on. */
    void variables(Map<String, String> environment) {
        variables = Map.copyOf(environment);
    }

    /** Writes keys of a configuration, before a start. */
    void configure(String pid, Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(values)
                .forEach((key, value) ->
                        text.append(key).append('=').append(value).append('\n'));
        Files.writeString(Files.createDirectories(data.resolve("conf")).resolve(pid + ".cfg"), text);
    }

    /** First start: an organisation, accounts with cash, limits out of the way, clients that wait. */
    void begin(long seed) throws IOException, InterruptedException {
        start();
        FirstLogin first = FirstLogin.take(data, true).orElseThrow();
        List<String> names =
                IntStream.range(0, ACCOUNTS).mapToObj(i -> "trader" + i).toList();
        DemoOrganisation.People people = DemoOrganisation.create(url().toString(), first, names);
        operator = new Operator(first.login(), first.password());
        operator.move(url());
        accepted(operator.send(
                "PUT",
                "/gov/v1/limits",
                Map.of(
                        "maxOrderNotional", "1000000",
                        "maxOrderQty", "1000000",
                        "maxOpenOrders", 1_000_000,
                        "maxOrdersPerWindow", 1_000_000_000,
                        "windowMs", 1_000,
                        "duplicateWindowMs", 0),
                Map.of()));
        Random random = new Random(seed);
        for (DemoOrganisation.Investor investor : people.investors()) {
            Map<String, Object> cash =
                    Map.of("account", investor.account(), "direction", "incoming", "amount", CASH_MINOR / 100 + ".00");
            HmsClient.Answer transfer = accepted(operator.send("POST", "/mfe/v1/transfers", cash, Map.of()));
            String path = "/mfe/v1/transfers/" + transfer.json().path("id").asText() + "/approve";
            accepted(operator.send("POST", path, null, Map.of()));
            for (int i = 0; i < CLIENTS_AN_ACCOUNT; i++) {
                traders.add(new Trader(investor, operator, answers, random.nextLong()));
            }
        }
        traders.add(new Trader(people.investors().get(0), operator, answers, random.nextLong()));
        move();
    }

    private static HmsClient.Answer accepted(HmsClient.Answer answer) throws IOException {
        if (!answer.ok()) {
            throw new IOException("the organisation cannot be made: " + answer.json());
        }
        return answer;
    }

    /** Starts the server on what is there and waits until it is ready. */
    void start() {
        Map<String, String> properties =
                Map.of("hms.port", "0", "hms.market.session", "open", "hms.marks.seconds", "15");
        server = Optional.of(
                ServerProcess.start(home, new ServerProcess.Options(data, FEATURES, properties, true).in(variables)));
        if (!traders.isEmpty()) {
            move();
        }
    }

    private void move() {
        operator.move(url());
        traders.forEach(trader -> trader.move(url()));
    }

    URI url() {
        return URI.create(server.orElseThrow().url());
    }

    long pid() {
        return server.orElseThrow().pid();
    }

    AnswerCount answers() {
        return answers;
    }

    /** A client for reading. */
    HmsClient reader() {
        return traders.get(0).api();
    }

    /** Lets all clients trade until {@link #rest}, or until the server is gone. */
    void load() {
        stop.set(false);
        for (Trader trader : traders.subList(0, traders.size() - 1)) {
            Thread thread = new Thread(() -> trader.run(stop::get), "trader-" + running.size());
            running.add(thread);
            thread.start();
        }
    }

    /** Ends the load; returns when every client has its last answer or knows that it will get none. */
    void rest() throws InterruptedException {
        stop.set(true);
        for (Thread thread : running) {
            thread.join();
        }
        running.clear();
    }

    /** Waits for something that the load brings about. */
    void await(String what, BooleanSupplier condition) {
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - endNs > 0) {
                throw new ServerException("no " + what + " for " + PATIENCE);
            }
            pause(50);
        }
    }

    /** Sends everything again whose end is not known, until nothing is left. @return how many were sent again */
    int settle() throws IOException, InterruptedException {
        int first = open();
        for (int round = 0; round < MOST_ROUNDS && open() > 0; round++) {
            int without = 0;
            for (Trader trader : traders) {
                without += trader.settle();
            }
            if (without > 0) {
                pause(200);
            }
        }
        if (open() > 0) {
            throw new IOException(open() + " requests have no end after " + MOST_ROUNDS + " tries");
        }
        return first;
    }

    private int open() {
        return (int) traders.stream()
                .flatMap(trader -> trader.journal().stream())
                .filter(deed -> !deed.isFinished())
                .count();
    }

    /** Acknowledged so far. */
    long acknowledged() {
        return traders.stream()
                .flatMap(trader -> trader.journal().stream())
                .filter(deed -> deed.known() == Known.ACKNOWLEDGED)
                .count();
    }

    /** kill -9. */
    void kill() {
        server.orElseThrow().kill();
        server = Optional.empty();
    }

    /** Starts it, and kills it after so long: as a rule in the middle of its start. */
    void startAndKill(long afterMs) throws InterruptedException {
        Thread starting = new Thread(
                () -> {
                    try {
                        start();
                    } catch (ServerException e) {
                        server = Optional.empty(); // killed before it was ready
                    }
                },
                "start");
        starting.start();
        pause(afterMs);
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains(data.toString()))
                .forEach(child -> {
                    child.destroyForcibly();
                    child.onExit().join();
                });
        starting.join();
        server = Optional.empty();
    }

    /** Starts it and sends orders until one is acknowledged. @return the time from the start to that */
    Duration comeBack() throws InterruptedException {
        long begunNs = System.nanoTime();
        start();
        return firstAnswer(begunNs);
    }

    /** Sends orders until one is acknowledged. @return the time from then to that */
    Duration firstAnswer(long sinceNs) throws InterruptedException {
        while (!traders.get(traders.size() - 1).ask()) {
            Duration passed = Duration.ofNanos(System.nanoTime() - sinceNs);
            if (passed.compareTo(PATIENCE) > 0) {
                throw new ServerException("no order was acknowledged for " + passed);
            }
            pause(100);
        }
        return Duration.ofNanos(System.nanoTime() - sinceNs);
    }

    /** A clean stop. */
    void end() {
        server.ifPresent(ServerProcess::close);
        server = Optional.empty();
    }

    /** What the clients wrote down beside the tape, once every approved deposit was booked. */
    Judgement judge() throws IOException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(AGREE_SECONDS);
        TapeFacts tape = TapeFacts.of(data);
        while (Judgement.unfinishedDeposits(tape, traders) > 0 && System.nanoTime() < endNs) {
            pause(300);
            tape = TapeFacts.of(data);
        }
        Judgement judgement = Judgement.of(tape, traders);
        long unfinished = Judgement.unfinishedDeposits(tape, traders);
        return unfinished == 0 ? judgement : judgement.with(unfinished + " approved deposits were never booked");
    }

    /** Differences between read models and tape that do not go away by themselves. @return none when they agree */
    List<String> readModelDifferences() throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(AGREE_SECONDS);
        List<String> differences;
        do {
            differences = differencesNow();
        } while (!differences.isEmpty() && System.nanoTime() < endNs);
        return differences;
    }

    private List<String> differencesNow() throws InterruptedException {
        List<String> differences = new ArrayList<>();
        try {
            TapeFacts tape = TapeFacts.of(data);
            for (int i = 0; i < traders.size(); i += CLIENTS_AN_ACCOUNT) {
                differences.addAll(ReadModelCheck.differences(traders.get(i), tape));
            }
        } catch (IOException e) {
            differences.add("the read models cannot be asked: " + e.getMessage());
        }
        return differences;
    }

    /** Everything that {@code hms verify} finds wrong with the stopped folder. */
    List<String> verify() throws IOException {
        List<Problem> problems = new ArrayList<>();
        try (StoppedFolder folder = StoppedFolder.open(data)) {
            CoreReport report = CoreCheck.run(folder.core(), message -> {});
            problems.addAll(report.problems());
            PlatformCheck.run(folder.path(), problems::add);
        }
        return problems.stream().map(Problem::toString).toList();
    }

    static double secondsSince(long begunNs) {
        return (System.nanoTime() - begunNs) / 1e9;
    }

    /** Lets time pass. */
    static void pause(long millis) {
        java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public void close() {
        stop.set(true);
        server.ifPresent(ServerProcess::kill);
    }
}
