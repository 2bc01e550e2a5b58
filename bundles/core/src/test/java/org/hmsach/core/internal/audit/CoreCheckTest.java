package org.hmsach.core.internal.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.core.internal.service.StoppedCore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A core that was stopped in good order, and everything that can be done to its files. */
@Timeout(120)
class CoreCheckTest {
    private static final int ORDERS = 60;

    @TempDir
    private static Path directory;

    private static CoreControl.Status status;

    @BeforeAll
    static void make() throws Exception {
        status = StoppedCore.make(directory, ORDERS);
    }

    @Test
    void findsWhatTheCoreSaid() throws IOException {
        CoreReport report = CoreCheck.run(directory, message -> {});
        assertEquals(List.of(), report.problems());
        assertEquals(status.stateHash(), report.stateHash());
        assertEquals(status.chainHash(), report.chainHash());
        assertEquals(status.entry(), report.entries());
        assertEquals(status.tapeNumber(), report.tapeEvents());
        assertEquals(2, report.snapshots());
        assertEquals(ORDERS, report.acceptedOrders());
        assertEquals(0, report.unchecked());
        assertEquals(0, report.sums().get("USD"));
    }

    @Test
    void namesTheFileOfEachFlippedBit() throws IOException {
        Random random = new Random(42);
        for (Path file : files(".rec", "archive.catalog", "recording.log")) {
            long used = used(file);
            for (int i = 0; i < 40; i++) {
                namesItWhenFlipped(file, (long) (random.nextDouble() * used), 1 << random.nextInt(8));
            }
        }
        assertTrue(CoreCheck.run(directory, message -> {}).ok(), "all is as it was");
    }

    /** The checksum does not cover it, nor does it end at another frame when it is wrong by a few bytes. */
    @Test
    void namesTheFileWhereAFrameHasAnotherLength() throws IOException {
        for (Path file : files(".rec")) {
            ByteBuffer bytes = ByteBuffer.wrap(head(file, used(file))).order(ByteOrder.LITTLE_ENDIAN);
            int frames = 0;
            for (int at = 0; at + 32 < bytes.capacity() && frames < 40; at += (bytes.getInt(at) + 31) / 32 * 32) {
                namesItWhenFlipped(file, at, 1 << frames++ % 5);
            }
        }
    }

    private static void namesItWhenFlipped(Path file, long at, int bit) throws IOException {
        flip(file, at, bit);
        CoreReport report = CoreCheck.run(directory, message -> {});
        boolean named = report.problems().stream()
                .anyMatch(p -> p.file().endsWith(file.getFileName().toString()));
        boolean harmless = report.ok() && report.stateHash().equals(status.stateHash());
        assertTrue(named || harmless, file + " at " + at + " bit " + bit + ": " + report);
        flip(file, at, bit);
    }

    @Test
    void namesAShortFile() throws IOException {
        for (Path file : files(".rec")) {
            long size = Files.size(file);
            byte[] whole = head(file, used(file));
            try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
                access.setLength(whole.length - 40L);
                CoreReport report = CoreCheck.run(directory, message -> {});
                assertFalse(report.ok(), file + " was cut");
                assertTrue(
                        report.problems()
                                .get(0)
                                .file()
                                .endsWith(file.getFileName().toString()),
                        report.problems().toString());
                access.seek(0);
                access.write(whole);
                access.setLength(size);
            }
        }
        assertTrue(CoreCheck.run(directory, message -> {}).ok(), "all is as it was");
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(f -> Stream.of(endings).anyMatch(f.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** How many bytes of it were ever written. */
    private static long used(Path file) throws IOException {
        byte[] bytes = head(file, Math.min(Files.size(file), 1 << 20));
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private static byte[] head(Path file, long bytes) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes((int) bytes);
        }
    }

    private static void flip(Path file, long at, int bit) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int value = access.read();
            access.seek(at);
            access.write(value ^ bit);
        }
    }
}
