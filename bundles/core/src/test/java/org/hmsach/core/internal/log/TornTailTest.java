package org.hmsach.core.internal.log;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.archive.checksum.Checksums;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.core.internal.disk.ArchiveCatalog;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.disk.RecordedFrames;
import org.hmsach.core.internal.disk.Recording;
import org.hmsach.core.internal.disk.TailRepair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an append that was cut off can leave behind, and what a disk can do to what was recorded. */
@Timeout(180)
class TornTailTest {
    private static final List<Function<LogFiles, Optional<Recording>>> BOTH = List.of(LogFiles::log, LogFiles::tape);
    private static final int PAGE = 4_096;
    private static final int SECTOR = 512;
    private static final int FRAME = 2_048;

    @TempDir
    private Path directory;

    private final List<String> said = new ArrayList<>();
    private long commands;
    private String chain;

    @BeforeEach
    void make() throws Exception {
        run(20);
    }

    /** Starts the log, looks for all earlier commands, sends some more, and stops without a snapshot. */
    private void run(int more) throws Exception {
        TinyMachine machine = new TinyMachine();
        AeronLog<Long> log = AeronLog.start(LogSettings.in(directory), machine, new AeronLog.Listener() {
            @Override
            public void onProgress(String message) {
                said.add(message);
            }
        });
        try {
            assertEquals(commands, log.position().entry(), "all there, and no more");
            if (commands > 0) {
                assertEquals(chain, log.queryAt(Moment::chainHash).get(10, TimeUnit.SECONDS));
            }
            for (int i = 0; i < more; i++) {
                commands++;
                log.submit(TinyMachine.command(commands), 0, Long.BYTES).get(20, TimeUnit.SECONDS);
            }
            chain = log.queryAt(Moment::chainHash).get(10, TimeUnit.SECONDS);
        } finally {
            log.closeWithoutSnapshot();
        }
    }

    private LogFiles files() throws IOException {
        List<Problem> problems = new ArrayList<>();
        LogFiles files = LogFiles.read(directory, problems::add);
        assertEquals(List.of(), problems);
        return files;
    }

    private Recording recording(Function<LogFiles, Optional<Recording>> which) throws IOException {
        return which.apply(files()).orElseThrow();
    }

    /** As a crash leaves it: the catalog does not know the end. */
    private void forgetEnds() throws IOException {
        for (Function<LogFiles, Optional<Recording>> which : BOTH) {
            ArchiveCatalog.moveStop(
                    Node.archiveDirectory(directory), recording(which).id(), Recording.OPEN);
        }
    }

    private FileChannel open(Recording recording) throws IOException {
        return FileChannel.open(
                directory.resolve(recording.nameOf(recording.start())),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private ByteBuffer read(Recording recording, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(LITTLE_ENDIAN);
        try (FileChannel channel = open(recording)) {
            channel.read(bytes, at);
        }
        return bytes.flip();
    }

    private void write(Recording recording, ByteBuffer bytes, long at) throws IOException {
        try (FileChannel channel = open(recording)) {
            channel.write(bytes, at);
        }
    }

    /** A frame of the recording, as it would stand at its end. */
    private ByteBuffer frameAt(Recording recording, long end) throws IOException {
        long first = recording.start();
        int length = read(recording, first, Integer.BYTES).getInt();
        ByteBuffer frame = read(recording, first, (length + 31) & ~31);
        frame.putInt(DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, (int) end);
        return frame;
    }

    private long end(Recording recording) throws IOException {
        try (RecordedFrames frames = new RecordedFrames(recording, recording.start())) {
            while (frames.next()) {
                // to the end
            }
            return frames.end().position();
        }
    }

    private void expectCutAt(Recording recording, long end) throws IOException {
        assertTrue(
                said.stream().anyMatch(s -> s.contains(recording.nameOf(end)) && s.contains("was cut")),
                "the cut is told: " + said);
        said.clear();
    }

    @Test
    void cutsWhatAnAppendLeftHalfDone() throws Exception {
        for (Function<LogFiles, Optional<Recording>> which : BOTH) {
            for (int kind = 0; kind < 4; kind++) {
                forgetEnds();
                Recording recording = recording(which);
                long end = end(recording);
                write(recording, tail(kind, frameAt(recording, end)), end);
                run(0);
                assertFalse(recording(which).isOpen(), "the catalog holds and knows the end");
                expectCutAt(recording, end);
                ByteBuffer behind = read(recording, end(recording(which)), PAGE);
                assertEquals(ByteBuffer.allocate(PAGE), behind, "zeros behind the end, kind " + kind);
                run(3);
            }
        }
    }

    private static ByteBuffer tail(int kind, ByteBuffer frame) {
        Random random = new Random(kind);
        switch (kind) {
            case 0 -> frame.putInt(frame.capacity() - Integer.BYTES - 20, random.nextInt());
            case 1 -> {
                frame.putInt(0, 3 * PAGE);
                frame.limit(40);
            }
            case 2 -> frame.put(DataHeaderFlyweight.FLAGS_FIELD_OFFSET, (byte) FrameDescriptor.BEGIN_FRAG_FLAG);
            default -> {
                byte[] garbage = new byte[frame.capacity()];
                random.nextBytes(garbage);
                frame.put(0, garbage);
                frame.putInt(0, -7);
            }
        }
        return frame;
    }

    /** The system writes the pages of an append in any order; then the power goes. */
    @Test
    void cutsAnAppendOfWhichASectorWasNeverWritten() throws Exception {
        for (Function<LogFiles, Optional<Recording>> which : BOTH) {
            for (int missing = 0; missing < 3; missing++) {
                forgetEnds();
                Recording recording = recording(which);
                long end = end(recording);
                appendWithoutSector(recording, end, missing);
                assertEquals(end, end(recording), "the first of its frames does not hold");
                run(0);
                expectCutAt(recording, end);
                try (Stream<Path> kept = Files.list(directory.resolve("cut"))) {
                    assertTrue(kept.anyMatch(file -> file.toString().endsWith(".rec-" + end)), "a copy is kept");
                }
                run(3);
            }
        }
    }

    /** What was forced before something later was written cannot be missing so. */
    @Test
    void refusesAMissingSectorFarBeforeTheEnd() throws Exception {
        for (Function<LogFiles, Optional<Recording>> which : BOTH) {
            forgetEnds();
            Recording recording = recording(which);
            long end = end(recording);
            write(
                    recording,
                    wholeFrame(recording, end + RecordedFrames.MOST_UNFORCED_BYTES),
                    end + RecordedFrames.MOST_UNFORCED_BYTES);
            appendWithoutSector(recording, end, 1);
            assertThrows(TailRepair.DamagedException.class, () -> run(0));
            write(recording, ByteBuffer.allocate(2 * RecordedFrames.MOST_UNFORCED_BYTES), end);
            run(1);
        }
    }

    /** Three frames that hold, but for a sector of the first. */
    private void appendWithoutSector(Recording recording, long end, int missing) throws IOException {
        for (int i = 0; i < 3; i++) {
            long at = end + i * (long) FRAME;
            write(recording, wholeFrame(recording, at), at);
        }
        long sector = (end & -SECTOR) + (long) missing * SECTOR;
        long from = Math.max(end, sector);
        write(recording, ByteBuffer.allocate((int) (sector + SECTOR - from)), from);
    }

    /** One that the archive could have written there. */
    private ByteBuffer wholeFrame(Recording recording, long at) throws IOException {
        int header = DataHeaderFlyweight.HEADER_LENGTH;
        UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(FRAME));
        frame.setMemory(0, FRAME, (byte) 7);
        frame.putBytes(0, read(recording, recording.start(), header), header);
        frame.putInt(DataHeaderFlyweight.FRAME_LENGTH_FIELD_OFFSET, FRAME, LITTLE_ENDIAN);
        frame.putByte(DataHeaderFlyweight.FLAGS_FIELD_OFFSET, (byte) FrameDescriptor.UNFRAGMENTED);
        frame.putInt(DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, (int) at, LITTLE_ENDIAN);
        int sum = Checksums.crc32c().compute(frame.addressOffset(), header, FRAME - header);
        frame.putInt(DataHeaderFlyweight.SESSION_ID_FIELD_OFFSET, sum, LITTLE_ENDIAN);
        return frame.byteBuffer();
    }

    @Test
    void cutsWhatAFailedAppendLeftBehindTheEndThatTheCatalogKnows() throws Exception {
        for (Function<LogFiles, Optional<Recording>> which : BOTH) {
            Recording recording = recording(which);
            long end = recording.stop();
            write(recording, frameAt(recording, end), end);
            run(0);
            expectCutAt(recording, end);
            forgetEnds();
            run(1);
        }
    }

    @Test
    void movesAnEndInTheMiddleOfAMessageBack() throws Exception {
        for (Function<LogFiles, Optional<Recording>> which : BOTH) {
            Recording recording = recording(which);
            long end = recording.stop();
            ByteBuffer frame = tail(2, frameAt(recording, end));
            int length = frame.remaining();
            write(recording, frame, end);
            ArchiveCatalog.moveStop(Node.archiveDirectory(directory), recording.id(), end + length);
            run(1);
            expectCutAt(recording, end);
            run(0);
        }
    }

    @Test
    void refusesDamageWhereSomethingWasRecordedAndChangesNothing() throws Exception {
        for (boolean crashed : new boolean[] {false, true}) {
            for (Function<LogFiles, Optional<Recording>> which : BOTH) {
                if (crashed) {
                    forgetEnds();
                }
                Recording recording = recording(which);
                long middle = recording.start() + 50;
                ByteBuffer whole = read(recording, middle, 1);
                write(recording, ByteBuffer.wrap(new byte[] {(byte) ~whole.get(0)}), middle);
                TailRepair.DamagedException why = assertThrows(TailRepair.DamagedException.class, () -> run(0));
                assertTrue(why.getMessage().contains(recording.nameOf(middle)), why.getMessage());
                assertTrue(why.getMessage().contains("hms verify"), why.getMessage());
                assertFalse(recording(which).isOpen() != crashed, "the catalog is as it was");
                write(recording, whole, middle);
                run(1);
            }
        }
    }

    @Test
    void refusesADamagedCatalog() throws Exception {
        Path catalog = Node.archiveDirectory(directory).resolve(ArchiveCatalog.FILE);
        ByteBuffer one = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(catalog, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.read(one, 80);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 1)}), 80);
            TailRepair.DamagedException why = assertThrows(TailRepair.DamagedException.class, () -> run(0));
            assertTrue(why.getMessage().contains(ArchiveCatalog.FILE), why.getMessage());
            channel.write(one.flip(), 80);
        }
        run(1);
    }
}
