package org.hmsach.bench.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.hmsach.bench.run.Comparison;
import org.hmsach.bench.run.Contender;

/**
 * The order path with the log: an entry is done when it is forced to disk and applied. Beside it a bare file to which
 * as many entries as are in flight are appended and then forced, and Aeron Cluster alone, with the same entries.
 */
public final class DurableBench {
    private static final int WARM_UPS = 3;
    private static final int ENTRIES = 30_000;
    private static final int IN_FLIGHT = 1_024;

    private DurableBench() {}

    /** @param args rounds (9), entries a round (30000), entries in flight (1024) */
    public static void main(String[] args) throws Exception {
        int rounds = Comparison.rounds(args);
        int size = args.length > 1 ? Integer.parseInt(args[1]) : ENTRIES;
        int inFlight = args.length > 2 ? Integer.parseInt(args[2]) : IN_FLIGHT;
        Comparison comparison = new Comparison(rounds, WARM_UPS);
        comparison.printMachine("durable, " + inFlight + " in flight");
        try (FileSystem files = new FileSystem()) {
            files.print();
            Entries entries = new Entries();
            try (CoreContender core = new CoreContender(files.directory().resolve("core"), entries);
                    FileContender file = new FileContender(files.directory().resolve("bare"));
                    ClusterContender cluster =
                            new ClusterContender(files.directory().resolve("cluster"))) {
                List<Comparison.Figures> figures = comparison.run(
                        "durable",
                        new Rounds(core, entries, size, inFlight),
                        new Rounds(file, entries, size, inFlight),
                        new Rounds(cluster, entries, size, inFlight));
                entries.requireSame(core.log.accounts());
                System.out.printf(
                        Locale.ROOT,
                        "ratio to Aeron Cluster alone, entries a second: %.2f (wanted 0.60); to a bare file %.2f%n",
                        Comparison.ratio(figures),
                        figures.get(0).perSecond() / figures.get(1).perSecond());
            }
        }
    }

    /** Takes entries until they are durable. */
    private interface Taker {
        String name();

        void send(List<byte[]> commands, int inFlight) throws Exception;

        long checksum();
    }

    /** Gives one taker a chunk of entries a round. */
    private static final class Rounds implements Contender {
        private final Taker taker;
        private final Entries entries;
        private final int size;
        private final int inFlight;
        private List<byte[]> chunk = List.of();
        private int round;

        Rounds(Taker taker, Entries entries, int size, int inFlight) {
            this.taker = taker;
            this.entries = entries;
            this.size = size;
            this.inFlight = inFlight;
        }

        @Override
        public String name() {
            return taker.name();
        }

        @Override
        public void prepare() {
            chunk = entries.chunk(round++, size);
        }

        @Override
        public long run() throws Exception {
            taker.send(chunk, inFlight);
            return chunk.size();
        }

        @Override
        public long digest() {
            return taker.checksum();
        }
    }

    private static final class CoreContender implements Taker, AutoCloseable {
        private final CoreLog log;

        CoreContender(Path directory, Entries entries) throws InterruptedException {
            log = new CoreLog(directory);
            log.send(entries.founding(), IN_FLIGHT);
            log.forgetChecksum();
        }

        @Override
        public String name() {
            return "hms core";
        }

        @Override
        public void send(List<byte[]> commands, int inFlight) throws InterruptedException {
            log.send(commands, inFlight);
        }

        @Override
        public long checksum() {
            return log.checksum();
        }

        @Override
        public void close() {
            log.close();
        }
    }

    private static final class ClusterContender implements Taker, AutoCloseable {
        private final ClusterAlone cluster;

        ClusterContender(Path directory) {
            cluster = new ClusterAlone(directory);
        }

        @Override
        public String name() {
            return "Aeron Cluster alone";
        }

        @Override
        public void send(List<byte[]> commands, int inFlight) {
            cluster.send(commands, inFlight);
        }

        @Override
        public long checksum() {
            return cluster.checksum();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    private static final class FileContender implements Taker, AutoCloseable {
        private final FileChannel channel;
        private final CRC32C crc = new CRC32C();
        private ByteBuffer group = ByteBuffer.allocateDirect(1 << 20);

        FileContender(Path file) throws IOException {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }

        @Override
        public String name() {
            return "bare append and force";
        }

        @Override
        public void send(List<byte[]> commands, int inFlight) throws IOException {
            for (int from = 0; from < commands.size(); from += inFlight) {
                append(commands.subList(from, Math.min(commands.size(), from + inFlight)));
            }
        }

        private void append(List<byte[]> commands) throws IOException {
            int bytes = commands.stream().mapToInt(c -> c.length).sum();
            if (bytes > group.capacity()) {
                group = ByteBuffer.allocateDirect(bytes);
            }
            group.clear();
            for (byte[] command : commands) {
                group.put(command);
                crc.update(command);
            }
            group.flip();
            while (group.hasRemaining()) {
                channel.write(group);
            }
            channel.force(false);
        }

        @Override
        public long checksum() {
            return crc.getValue();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
