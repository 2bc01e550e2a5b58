package org.hmsach.bench.swap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.cli.load.Journal;
import org.hmsach.cli.load.OpenLoop;
import org.hmsach.cli.load.TapeProof;

/**
 * Orders over HTTP at a fixed rate while modules are replaced: side by side, the plain ways, and by bad versions. The
 * clients keep a journal; the tape says what became of each order.
 */
public final class SwapBench {
    private static final String OPS = "org.hmsach.ops";

    private static final List<String> FAMILIES =
            List.of("org.hmsach.gov.checks", "org.hmsach.mkt.venue", "org.hmsach.mfe.exec");
    /** What else can be replaced, and an order needs or leads to. */
    private static final List<String> OTHERS = List.of(
            "org.hmsach.mkt.data",
            "org.hmsach.mfe.books",
            "org.hmsach.mfe.ach",
            "org.hmsach.identity",
            "org.hmsach.store",
            "org.hmsach.web",
            "org.hmsach.gateway",
            OPS);

    /** What can be replaced here. */
    static final List<String> MODULES =
            Stream.concat(FAMILIES.stream(), OTHERS.stream()).toList();

    private static final long BESIDE_P99_MS = 50;
    private static final long PLAIN_P99_MS = 250;
    private static final long SILENCE_MS = 5_000;
    /** Each flow of orders has connections of its own, which are opened before the first swap. */
    private static final long CONNECT_MS = 1_000;

    private static final long GO_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** The short form proves what is promised, also on a busy machine, where a sound version is slow to come. */
    private static final Map<String, Map<String, Object>> PATIENT = Map.of(
            "org.hmsach.core.intake",
            Map.of("check.timeout.ms", 10_000),
            "org.hmsach.ops",
            Map.of("ready.ms", 15_000, "answer.ms", 15_000));

    /** A moment at which callers moved. */
    private record Span(long fromMs, long toMs) {}

    /**
     * What came out.
     *
     * @param broken promises that were not kept: something lost, doubled, unchecked, restarted, not taken back
     * @param slow   pauses longer than wanted
     */
    record Result(List<String> broken, List<String> slow) {}

    private final Path home;
    private final Plan plan;
    private final List<String> broken = new ArrayList<>();
    private final List<String> slow = new ArrayList<>();

    private SwapBench(Path home, Plan plan) {
        this.home = home;
        this.plan = plan;
    }

    /** @param args home of the distribution, then options of {@link Plan} */
    public static void main(String[] args) throws Exception {
        Plan plan;
        try {
            plan = Plan.of(List.of(args).subList(1, args.length));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Result result = new SwapBench(Path.of(args[0]), plan).run();
        result.slow().forEach(one -> say("SLOWER THAN WANTED: %s", one));
        say(
                "%s; %s",
                result.broken().isEmpty()
                        ? "every promise was kept"
                        : result.broken().size() + " promises were broken",
                result.slow().isEmpty()
                        ? "every pause is as wanted"
                        : result.slow().size() + " pauses are too long");
        System.exit(result.broken().isEmpty() && result.slow().isEmpty() ? 0 : 1);
    }

    /** @param home of the distribution */
    static Result inBuild(Path home) throws IOException, InterruptedException {
        return new SwapBench(home, Plan.SHORT).run();
    }

    private Result run() throws IOException, InterruptedException {
        try (DemoServer server = DemoServer.start(home, plan.isShort() ? PATIENT : Map.of())) {
            run(server);
        }
        return new Result(List.copyOf(broken), List.copyOf(slow));
    }

    private void run(DemoServer server) throws IOException, InterruptedException {
        Journal all = new Journal();
        Flow flow = Flow.measured(server, plan, all);
        say(
                "java %s, %d processors, load %.2f; %d orders a second offered%s; undisturbed: p50 %s, p99 %s",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                flow.rate(),
                plan.rate() == 0 ? ", half of the most" : " as wanted",
                ms(flow.p50Nanos()),
                ms(flow.p99Nanos()));
        List<String> modules = plan.only().isEmpty() ? FAMILIES : plan.only();
        if (plan.ways().isEmpty()) {
            for (String module : modules) {
                sideBySide(server, flow, module, plan.swaps(), all);
            }
        }
        plainWays(server, flow, plan.ways(), modules, all);
        if (plan.only().isEmpty() && plan.ways().isEmpty()) {
            theRest(server, flow, all);
        }
        versionsGo(server);
        prove(server, all);
    }

    private void theRest(DemoServer server, Flow flow, Journal all) throws IOException, InterruptedException {
        for (String module : OTHERS) {
            sideBySide(server, flow, module, plan.others(), all);
        }
        plainWays(server, flow, EnumSet.allOf(PlainWay.class), FAMILIES, all);
        for (String module : FAMILIES) {
            badVersions(server, flow, module, all);
        }
    }

    private void plainWays(DemoServer server, Flow flow, Set<PlainWay> ways, List<String> modules, Journal all)
            throws IOException, InterruptedException {
        for (PlainWay way : ways) {
            for (String module : modules) {
                plainWay(server, flow, way, module, all);
            }
        }
    }

    private void sideBySide(DemoServer server, Flow flow, String module, int swaps, Journal all)
            throws IOException, InterruptedException {
        ModuleJars jars = new ModuleJars(home, module);
        byte[][] versions = {jars.version("1.0.1"), jars.version("1.0.2")};
        HmsClient operator = server.operator();
        Map<String, String> others = since(operator, module);
        List<Span> spans = new ArrayList<>();
        List<Span> whole = new ArrayList<>();
        Journal journal = new Journal();
        Readers reads = new Readers(server.operator(), server.investor());
        try (reads;
                OpenLoop loop = flow.begin(journal)) {
            pause(CONNECT_MS);
            for (int i = 0; i < swaps; i++) {
                JsonNode begun = server.update(versions[i % 2], plan.watchMs());
                JsonNode end = server.ended(
                        operator, begun.path("operation").path("id").asText());
                expect("DONE".equals(end.path("phase").asText()), "a swap of " + module + ": " + end);
                spans.add(new Span(at(end, "SWITCH"), at(end, "WATCH")));
                whole.add(new Span(at(end, "STAGE"), at(end, "DONE")));
                settle(flow, journal);
            }
        }
        report(swaps + " swaps side by side of " + module, flow, journal, spans, BESIDE_P99_MS);
        Histogram meanwhile = pauses(flow, journal, whole);
        say(
                "from staging to the end of probation, %d orders: p50 %s, p99 %s, longest %s",
                meanwhile.getTotalCount(),
                ms(meanwhile.getValueAtPercentile(50)),
                ms(meanwhile.getValueAtPercentile(99)),
                ms(meanwhile.getMaxValue()));
        Map<String, String> now = since(operator, module);
        expect(now.equals(others), "other modules than " + module + " were restarted: " + others + ", now " + now);
        expect(journal.count(503) == 0, "503 while " + module + " was swapped side by side");
        say("meanwhile %d reads were answered", reads.answered());
        expect(reads.firstRefused().isEmpty(), "a read while " + module + " was swapped: " + reads.firstRefused());
        journal.entries().forEach(all::add);
    }

    private void plainWay(DemoServer server, Flow flow, PlainWay way, String module, Journal all)
            throws IOException, InterruptedException {
        ModuleJars jars = new ModuleJars(home, module);
        List<Span> spans = new ArrayList<>();
        Journal journal = new Journal();
        try (OpenLoop loop = flow.begin(journal)) {
            pause(CONNECT_MS);
            for (int i = 0; i < plan.plain(); i++) {
                long from = System.currentTimeMillis();
                way.replace(server, jars, i);
                spans.add(new Span(from, System.currentTimeMillis()));
                settle(flow, journal);
            }
            way.end(server, jars);
            pause(plan.settleMs());
        }
        report(plan.plain() + " " + way.many() + " of " + module, flow, journal, spans, PLAIN_P99_MS);
        journal.entries().forEach(all::add);
    }

    /** What one replacement left behind is not counted to the next one. */
    private void settle(Flow flow, Journal journal) {
        pause(plan.settleMs());
        flow.awaitCalm(journal);
    }

    private void badVersions(DemoServer server, Flow flow, String module, Journal all)
            throws IOException, InterruptedException {
        ModuleJars jars = new ModuleJars(home, module);
        HmsClient operator = server.operator();
        for (ModuleJars.Fault fault : plan.faults(module.equals(FAMILIES.get(0)))) {
            Journal journal = new Journal();
            JsonNode end;
            try (OpenLoop loop = flow.begin(journal)) {
                pause(plan.settleMs());
                JsonNode begun = server.update(jars.bad("2.0.0", fault), 10_000);
                String id = begun.path("operation").path("id").asText();
                end = id.isEmpty() ? last(operator) : server.ended(operator, id);
                pause(plan.settleMs());
            }
            String phase = end.path("phase").asText();
            long silentMs = longestGapMs(journal);
            say(
                    "bad version of %s, %s: %s; %d orders, %d with 503, longest time without an answer %d ms",
                    module, fault, phase, journal.entries().size(), journal.count(503), silentMs);
            expect(phase.equals("REFUSED") || phase.equals("ROLLED_BACK"), "a bad version stayed: " + end);
            if (silentMs > SILENCE_MS) {
                slow.add("bad version of " + module + ", " + fault + ": no answer for " + silentMs + " ms");
            }
            expect(others(journal) == 0, "other errors with a bad version of " + module + ": " + firstOther(journal));
            journal.entries().forEach(all::add);
        }
    }

    private static JsonNode last(HmsClient operator) throws IOException, InterruptedException {
        JsonNode operations = operator.get("/admin/v1/modules/operations");
        return operations.path(operations.size() - 1);
    }

    private static long longestGapMs(Journal journal) {
        long before = 0;
        long longest = 0;
        for (long answered : journal.entries().stream()
                .filter(entry -> entry.status() == 200)
                .mapToLong(entry -> entry.dueMs() + entry.nanos() / 1_000_000)
                .sorted()
                .toArray()) {
            longest = before == 0 ? 0 : Math.max(longest, answered - before);
            before = answered;
        }
        return longest;
    }

    /** Since when each other module is as it is. */
    private static Map<String, String> since(HmsClient operator, String module)
            throws IOException, InterruptedException {
        Map<String, String> since = new TreeMap<>();
        for (JsonNode row : operator.get("/admin/v1/modules")) {
            if (!row.path("symbolicName").asText().equals(module)) {
                since.put(row.path("module").asText(), row.path("since").asText());
            }
        }
        return since;
    }

    private void report(String what, Flow flow, Journal journal, List<Span> spans, long mostP99Ms) {
        Histogram pause = pauses(flow, journal, spans);
        long offered = journal.entries().size();
        say(
                "%s: offered %d = answered %d + 503 %d + others %d; pause of %d orders: p50 %s, p99 %s, longest %s",
                what,
                offered,
                journal.count(200),
                journal.count(503),
                others(journal),
                pause.getTotalCount(),
                ms(pause.getValueAtPercentile(50)),
                ms(pause.getValueAtPercentile(99)),
                ms(pause.getMaxValue()));
        expect(others(journal) == 0, what + ", other answers: " + firstOther(journal));
        long p99Ms = TimeUnit.NANOSECONDS.toMillis(pause.getValueAtPercentile(99));
        if (p99Ms > mostP99Ms) {
            slow.add(what + ": p99 " + p99Ms + " ms, wanted " + mostP99Ms);
        }
    }

    private static Histogram pauses(Flow flow, Journal journal, List<Span> spans) {
        Histogram pauses = new Histogram(3);
        for (Journal.Entry entry : journal.entries()) {
            if (spans.stream().anyMatch(span -> entry.overlaps(span.fromMs(), span.toMs()))) {
                pauses.recordValue(Math.max(0, entry.nanos() - flow.p50Nanos()));
            }
        }
        return pauses;
    }

    private static long others(Journal journal) {
        return journal.entries().size() - journal.count(200) - journal.count(503);
    }

    private static String firstOther(Journal journal) {
        return journal.entries().stream()
                .filter(entry -> entry.status() != 200 && entry.status() != 503)
                .findFirst()
                .map(Journal.Entry::toString)
                .orElse("none");
    }

    /** Of each module only the version that runs may stay in memory; some hold on to it a moment longer. */
    private void versionsGo(DemoServer server) throws IOException, InterruptedException {
        long end = System.nanoTime() + GO_NANOS;
        Map<String, Integer> left;
        do {
            server.collect();
            left = new TreeMap<>();
            for (JsonNode row : server.operator().get("/admin/v1/modules")) {
                left.put(
                        row.path("symbolicName").asText(),
                        row.required("stoppedInMemory").asInt());
            }
            left.values().removeIf(count -> count == 0);
        } while (!left.isEmpty() && System.nanoTime() < end);
        say("versions that stopped and are in memory after a collection: %s", left.isEmpty() ? "none" : left);
        expect(left.isEmpty(), "class loaders stayed: " + left);
    }

    private void prove(DemoServer server, Journal all) throws IOException, InterruptedException {
        TapeProof proof = TapeProof.of(server.tape());
        List<Journal.Entry> entries = all.entries();
        long lost = proof.lost(entries);
        say(
                "tape: %d orders taken; of %d offered: answered %d, lost %d, doubled %d, unchecked %d",
                proof.taken(), entries.size(), all.count(200), lost, proof.doubled(), proof.unchecked());
        expect(lost == 0, lost + " orders were acknowledged and are not on the tape");
        expect(proof.doubled() == 0, proof.doubled() + " orders were taken twice");
        expect(proof.unchecked() == 0, proof.unchecked() + " orders were taken unchecked");
    }

    private static long at(JsonNode operation, String phase) {
        for (JsonNode step : operation.path("steps")) {
            if (step.path("phase").asText().equals(phase)) {
                return step.path("atMs").asLong();
            }
        }
        throw new IllegalStateException("no phase " + phase + " in " + operation);
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            broken.add(otherwise);
            say("PROMISE BROKEN: %s", otherwise);
        }
    }

    private static String ms(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
        System.out.flush();
    }
}
