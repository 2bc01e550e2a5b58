package org.hmsach.core.internal.log;

import io.aeron.Aeron;
import io.aeron.ChannelUri;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.status.CountersReader;
import org.hmsach.core.internal.disk.RecordedFrames;
import org.hmsach.core.internal.disk.RecordedMessages;
import org.hmsach.core.internal.disk.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tape as a recording in the node's own archive. One thread appends; any thread reads, from the files: the archive
 * would send old events through shared memory, all up to the newest, and does not check them.
 */
final class RecordedTape implements TapeStore, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedTape.class);
    private static final String ALIAS = "hmsach-tape";
    private static final int STREAM = 7_001;
    private static final String CHANNEL = "aeron:ipc?alias=" + ALIAS + "|term-length=1m";
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final Aeron aeron;
    private final AeronArchive archive;
    private final Path segments;
    private final TapeIndex index;
    /** As it was when the tape was opened. */
    private Recording recording;

    private ExclusivePublication publication;
    private int positionCounter;
    private long lastAtOpen;
    private boolean isClosed;

    RecordedTape(Aeron aeron, AeronArchive archive, Path directory) {
        this.aeron = aeron;
        this.archive = archive;
        this.segments = Node.archiveDirectory(directory);
        this.index = new TapeIndex(directory.resolve(TapeIndex.FILE));
    }

    static boolean isTape(Recording recording) {
        return recording.shape().streamId() == STREAM && recording.channel().contains("alias=" + ALIAS);
    }

    /** Finds the recording and goes on with it, or begins one. */
    void open() {
        Optional<Found> found = find();
        if (found.isPresent()) {
            extend(found.get());
        } else {
            begin();
        }
    }

    private Optional<Found> find() {
        List<Found> found = new ArrayList<>();
        archive.listRecordingsForUri(
                0,
                Integer.MAX_VALUE,
                ALIAS,
                STREAM,
                (controlSession,
                        correlation,
                        id,
                        startTime,
                        stopTime,
                        start,
                        stop,
                        initialTermId,
                        segmentLength,
                        termLength,
                        mtu,
                        sessionId,
                        streamId,
                        stripped,
                        original,
                        source) -> found.add(new Found(
                        new Recording(
                                segments,
                                id,
                                start,
                                stop,
                                new Recording.Shape(initialTermId, segmentLength, termLength, streamId),
                                stripped),
                        mtu)));
        if (found.size() > 1) {
            throw new IllegalStateException("one tape expected in the archive, found " + found);
        }
        return found.stream().findFirst();
    }

    private record Found(Recording recording, int mtu) {}

    private void begin() {
        publication = archive.addRecordedExclusivePublication(CHANNEL, STREAM);
        CountersReader counters = aeron.countersReader();
        int sessionId = publication.sessionId();
        await("the tape's recording", () -> {
            positionCounter = RecordingPos.findCounterIdBySession(counters, sessionId, archive.archiveId());
            return positionCounter != CountersReader.NULL_COUNTER_ID;
        });
        Recording begun = find().orElseThrow().recording();
        recording = begun.until(begun.start());
        index.open(begun.start(), begun.start());
    }

    private void extend(Found found) {
        long stop = archive.getStopPosition(found.recording().id());
        if (stop == AeronArchive.NULL_POSITION) {
            throw new IllegalStateException("the tape is still being recorded by another process");
        }
        recording = found.recording().until(stop);
        index.open(recording.start(), stop);
        lastAtOpen = findLast(stop);
        String channel = new ChannelUriStringBuilder()
                .media(CommonContext.IPC_MEDIA)
                .alias(ALIAS)
                .mtu(found.mtu())
                .initialPosition(
                        stop,
                        recording.shape().initialTermId(),
                        recording.shape().termBytes())
                .build();
        publication = aeron.addExclusivePublication(channel, STREAM);
        archive.extendRecording(
                recording.id(),
                ChannelUri.addSessionId(channel, publication.sessionId()),
                STREAM,
                SourceLocation.LOCAL);
        CountersReader counters = aeron.countersReader();
        await("the tape's recording", () -> {
            positionCounter = RecordingPos.findCounterIdByRecording(counters, recording.id(), archive.archiveId());
            return positionCounter != CountersReader.NULL_COUNTER_ID;
        });
    }

    /** Reads from the last mark on, marking on the way: of a deleted index that is the whole tape. */
    private long findLast(long stop) {
        TapeIndex.Mark mark = index.floor(Long.MAX_VALUE);
        if (stop == mark.position()) {
            return 0;
        }
        AtomicLong last = new AtomicLong();
        walk(() -> index.floor(Long.MAX_VALUE), stop, messages -> {
            last.set(numberOf(messages));
            if (last.get() % TapeIndex.EVERY == 0) {
                index.add(last.get(), messages.position(), entryOf(messages));
            }
            return true;
        });
        return last.get();
    }

    @Override
    public long lastAtOpen() {
        return lastAtOpen;
    }

    @Override
    public OldTape old(long from) {
        return new OldEvents(new RecordedMessages(recording, index.floor(from).position()), from);
    }

    @Override
    public void append(TapeEvent event) {
        BackoffIdleStrategy idle = new BackoffIdleStrategy();
        long deadline = System.nanoTime() + PATIENCE_NS;
        while (true) {
            long begin = publication.position();
            long end = publication.offer(event.frame());
            if (end > 0) {
                if (event.number() % TapeIndex.EVERY == 0) {
                    index.add(event.number(), begin, event.entry());
                }
                return;
            }
            if (end == Publication.CLOSED || end == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException("the tape's publication is gone: " + Publication.errorString(end));
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the tape takes nothing: " + Publication.errorString(end));
            }
            idle.idle();
        }
    }

    @Override
    public void awaitForced() {
        awaitForced(publication.position());
    }

    /** Returns when all before the position is forced. */
    void awaitForced(long target) {
        // recorded means forced: the file sync level is 1
        await("the tape to be forced", () -> recordedPosition() >= target);
    }

    /** Where the next event begins; asked on the thread that appends. */
    long position() {
        return publication.position();
    }

    /** @throws IllegalStateException when the tape is closed: what counts lies in the client's memory */
    private synchronized long recordedPosition() {
        if (isClosed) {
            throw new IllegalStateException("the tape is closed");
        }
        CountersReader counters = aeron.countersReader();
        if (!RecordingPos.isActive(counters, positionCounter, recording.id())) {
            throw new IllegalStateException("the tape is no longer recorded");
        }
        return counters.getCounterValue(positionCounter);
    }

    @Override
    public List<TapeEvent> read(long from, int max) {
        List<TapeEvent> events = read(from, max, recordedPosition());
        if (events.isEmpty()) {
            awaitForced();
            events = read(from, max, recordedPosition());
        }
        return events;
    }

    private List<TapeEvent> read(long from, int max, long end) {
        List<TapeEvent> events = new ArrayList<>();
        walk(() -> index.floor(from), end, messages -> {
            if (numberOf(messages) >= from) {
                events.add(TapeEvent.copyOf(messages.buffer(), messages.offset(), messages.length()));
            }
            return events.size() < max;
        });
        return events;
    }

    @Override
    public OptionalLong firstNumberOf(long entry) {
        AtomicLong first = new AtomicLong();
        walk(() -> index.before(entry), recordedPosition(), messages -> {
            if (entryOf(messages) >= entry) {
                first.set(numberOf(messages));
            }
            return first.get() == 0;
        });
        return first.get() == 0 ? OptionalLong.empty() : OptionalLong.of(first.get());
    }

    /**
     * Walks over events that are recorded.
     *
     * @param begin where; asked again when the recording does not bear the mark out, which is forgotten then
     * @param end   position behind the last event
     * @param more  sees each event; false for enough
     */
    private void walk(Supplier<TapeIndex.Mark> begin, long end, Predicate<RecordedMessages> more) {
        TapeIndex.Mark mark = begin.get();
        while (end > mark.position() && !walk(mark, end, more)) {
            LOG.warn("the tape's marks do not fit the tape at {}: it is read from the one before", mark);
            index.forget(mark);
            mark = begin.get();
        }
    }

    /** @return false when the mark is wrong, and nothing was seen */
    private boolean walk(TapeIndex.Mark mark, long end, Predicate<RecordedMessages> more) {
        try (RecordedMessages messages = new RecordedMessages(recording.until(end), mark.position())) {
            // of the last event a part may be recorded only: then it is not there yet
            boolean any = messages.next();
            boolean fits = any
                    ? mark.isOf(numberOf(messages), entryOf(messages))
                    : messages.end().how() != RecordedFrames.How.DAMAGED;
            if (!fits && !mark.isFirst()) {
                return false;
            }
            while (any && more.test(messages)) {
                any = messages.next();
            }
            if (messages.end().how() == RecordedFrames.How.DAMAGED) {
                throw new IllegalStateException(
                        "the tape cannot be read: " + messages.end().problem());
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("the tape cannot be read", e);
        }
    }

    private static long numberOf(RecordedMessages messages) {
        return TapeEvent.numberAt(messages.buffer(), messages.offset());
    }

    private static long entryOf(RecordedMessages messages) {
        return TapeEvent.entryAt(messages.buffer(), messages.offset());
    }

    private static void await(String what, BooleanSupplier done) {
        BackoffIdleStrategy idle = new BackoffIdleStrategy();
        long deadline = System.nanoTime() + PATIENCE_NS;
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited 10 s in vain for " + what);
            }
            idle.idle();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            isClosed = true;
        }
        CloseHelper.quietCloseAll(publication, archive, index);
    }
}
