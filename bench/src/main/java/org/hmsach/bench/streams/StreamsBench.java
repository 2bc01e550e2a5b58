package org.hmsach.bench.streams;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hmsach.bench.run.Comparison;
import org.hmsach.bench.run.DemoServer;

/**
 * Fan-out of one account's events to many WebSocket clients, beside a bare java.nio writer that writes the same bytes
 * to as many sockets; clients of both sides are processes of the same program.
 */
public final class StreamsBench {
    private static final Path HOME = Path.of("distribution/target/hms-ach");
    private static final int WARM_UPS = 3;
    /** So many messages are written in a round, whatever the number of clients. */
    private static final int MESSAGES = 200_000;

    /** The account has cash for so many. */
    private static final int MAX_ORDERS = 200;

    private StreamsBench() {}

    /** @param args rounds (9), then numbers of clients (1000 10000) */
    public static void main(String[] args) throws Exception {
        int rounds = Comparison.rounds(args);
        int[] counts = args.length > 1
                ? Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray()
                : new int[] {1_000, 10_000};
        for (int clients : counts) {
            Load.requireFiles(clients);
        }
        Comparison comparison = new Comparison(rounds, WARM_UPS);
        comparison.printMachine("stream fan-out");
        List<String> ratios = new ArrayList<>();
        for (int clients : counts) {
            double ratio = compare(comparison, rounds, clients);
            ratios.add(String.format(Locale.ROOT, "%.2f with %,d clients", ratio, clients));
        }
        System.out.println("ratio to a bare NIO writer, messages a second: " + String.join(", ", ratios));
    }

    private static double compare(Comparison comparison, int rounds, int clients) throws Exception {
        Path work = Files.createTempDirectory("hms-bench-streams");
        Path frames = work.resolve("frames");
        Path copy = work.resolve("copy");
        int orders = Math.min(MAX_ORDERS, Math.max(1, MESSAGES / clients / HmsSide.messages(1)));
        Map<String, Object> limits = Map.of("clients.max", clients + 10, "person.max", clients + 10);
        try (DemoServer server = new DemoServer(HOME, Map.of("org.hmsach.gateway.stream", limits));
                Side hms = new HmsSide(server, clients, orders, frames, copy);
                Side bare = new BareSide(clients, HmsSide.messages(orders), frames, copy)) {
            List<Comparison.Figures> figures =
                    comparison.run(String.format(Locale.ROOT, "%,d clients", clients), hms, bare);
            hms.printDelays(rounds);
            bare.printDelays(rounds);
            return Comparison.ratio(figures);
        }
    }
}
