package org.hmsach.bench.streams;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hmsach.bench.run.Contender;

/** One side: a server that writes, and a process full of clients that read. */
abstract class Side implements Contender {
    private final String name;
    private final int clients;
    private final List<long[]> delaysNanos = new ArrayList<>();
    private String seen = "";

    Side(String name, int clients) {
        this.name = name;
        this.clients = clients;
    }

    @Override
    public final String name() {
        return name;
    }

    /** Its clients. */
    abstract Child load();

    final int clients() {
        return clients;
    }

    /** Makes the server write {@code messages} messages to each client. */
    abstract void trigger(int messages) throws IOException, InterruptedException;

    /** Lets every client get so many messages. @return how many that were in all */
    final long round(int messages, Path copy) throws IOException, InterruptedException {
        long all = (long) messages * clients;
        load().say(all + " " + copy);
        load().read();
        trigger(messages);
        String[] words = load().read().split(" ");
        if (Long.parseLong(words[0]) != all) {
            throw new IOException(name + " wrote " + words[0] + " messages instead of " + all);
        }
        seen = words[0] + " " + words[1];
        delaysNanos.add(new long[] {Long.parseLong(words[2]), Long.parseLong(words[3])});
        return all;
    }

    @Override
    public final long digest() {
        return seen.hashCode();
    }

    /** Median over the last rounds of the time from the start of a round to the arrival of a message. */
    final void printDelays(int rounds) {
        List<long[]> last = delaysNanos.subList(Math.max(0, delaysNanos.size() - rounds), delaysNanos.size());
        System.out.printf(
                Locale.ROOT,
                "%,6d clients  %-12s a message arrives after  p50 %8.1f ms  p99 %8.1f ms; %s bytes in the last round%n",
                clients,
                name,
                median(last, 0) / 1e6,
                median(last, 1) / 1e6,
                seen.replaceFirst(" ", " messages, "));
    }

    private static double median(List<long[]> delays, int column) {
        long[] sorted = delays.stream().mapToLong(d -> d[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
