package org.hmsach.core.internal.log;

import io.aeron.Aeron;
import io.aeron.ChannelUri;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.SourceLocation;
import io.aeron.archive.status.RecordingPos;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.status.CountersReader;
import org.hmsach.core.internal.disk.RecordedMessages;
import org.hmsach.core.internal.disk.Recording;
import org.hmsach.core.internal.thread.OwnThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tape as a recording in the node's own archive. One thread appends; any thread reads. */
final class RecordedTape implements TapeStore, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedTape.class);
    private static final String ALIAS = "hmsach-tape";
    private static final int STREAM = 7_001;
    private static final int REPLAY_STREAM = 7_002;
    private static final String CHANNEL = "aeron:ipc?alias=" + ALIAS + "|term-length=1m";
    private static final int REPLAYS_AT_ONCE = 4;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(10);

    private final Aeron aeron;
    private final AeronArchive archive;
    private final Path segments;
    private final TapeIndex index;
    private final Semaphore replays = new Semaphore(REPLAYS_AT_ONCE);
    private final ExecutorService readers = Executors.newCachedThreadPool(OwnThreads.named("hmsach-tape-read"));
    private long recordingId;
    private ExclusivePublication publication;
    private int positionCounter;
    private long lastAtOpen;
    private Optional<Recording> atOpen = Optional.empty();

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
        if (found.isEmpty()) {
            begin();
        } else {
            extend(found.get(0));
        }
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
        recordingId = RecordingPos.getRecordingId(counters, positionCounter);
        index.open(0, 0);
    }

    private void extend(Found found) {
        Recording recording = found.recording();
        recordingId = recording.id();
        long stop = archive.getStopPosition(recordingId);
        if (stop == AeronArchive.NULL_POSITION) {
            throw new IllegalStateException("the tape is still being recorded by another process");
        }
        index.open(recording.start(), stop);
        atOpen = Optional.of(
                new Recording(segments, recordingId, recording.start(), stop, recording.shape(), recording.channel()));
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
                recordingId, ChannelUri.addSessionId(channel, publication.sessionId()), STREAM, SourceLocation.LOCAL);
        CountersReader counters = aeron.countersReader();
        await("the tape's recording", () -> {
            positionCounter = RecordingPos.findCounterIdByRecording(counters, recordingId, archive.archiveId());
            return positionCounter != CountersReader.NULL_COUNTER_ID;
        });
    }

    /** Reads from the last mark on, marking on the way: of a deleted index that is the whole tape. */
    private long findLast(long stop) {
        TapeIndex.Mark mark = index.floor(Long.MAX_VALUE);
        if (stop == mark.position()) {
            return 0;
        }
        Scan scan = scan(mark, stop);
        if (scan.first != mark.number()) {
            index.forgetAll();
            scan = scan(index.floor(1), stop);
        }
        return scan.last;
    }

    private Scan scan(TapeIndex.Mark from, long stop) {
        Scan scan = new Scan(index);
        replayInto(from.position(), stop, scan);
        return scan;
    }

    @Override
    public long lastAtOpen() {
        return lastAtOpen;
    }

    /** Read from its files, which nobody writes to any more: the archive would send it through shared memory. */
    @Override
    public OldTape old(long from) {
        Recording recording = atOpen.orElseThrow(() -> new IllegalStateException("this tape has just begun"));
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
                    index.add(event, begin);
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

    private long recordedPosition() {
        CountersReader counters = aeron.countersReader();
        if (!RecordingPos.isActive(counters, positionCounter, recordingId)) {
            throw new IllegalStateException("the tape is no longer recorded");
        }
        return counters.getCounterValue(positionCounter);
    }

    @Override
    public List<TapeEvent> read(long from, int max) {
        return onOwnThread(() -> readHere(from, max));
    }

    @Override
    public OptionalLong firstNumberOf(long entry) {
        return onOwnThread(() -> {
            TapeIndex.Mark mark = index.before(entry);
            long end = recordedPosition();
            FirstOf first = new FirstOf(entry, mark);
            if (end > mark.position()) {
                replayInto(mark.position(), end, first);
            }
            if (first.isWrongMark) {
                LOG.warn("the tape's marks do not fit the tape near {}: it is read from its beginning", mark);
                first = new FirstOf(entry, index.floor(1));
                replayInto(index.floor(1).position(), end, first);
            }
            return first.number;
        });
    }

    /**
     * The tape is read on threads of ours: whoever asks may be interrupted at any time, a module's thread when its
     * bundle stops, and an interrupt inside the messaging client ends that client for the whole process.
     */
    private <T> T onOwnThread(Supplier<T> reading) {
        replays.acquireUninterruptibly();
        try {
            // an interrupt of the caller waits until it is through
            return CompletableFuture.supplyAsync(reading, readers).join();
        } catch (RejectedExecutionException e) {
            throw new IllegalStateException("the tape is closed", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("the tape cannot be read", e.getCause());
        } finally {
            replays.release();
        }
    }

    private List<TapeEvent> readHere(long from, int max) {
        TapeIndex.Mark mark = index.floor(from);
        long end = recordedPosition();
        List<TapeEvent> events = end > mark.position() ? replay(mark, end, new Window(from, max)) : List.of();
        if (events.isEmpty()) {
            awaitForced();
            events = replay(mark, recordedPosition(), new Window(from, max));
        }
        return events;
    }

    private List<TapeEvent> replay(TapeIndex.Mark mark, long end, Window window) {
        replayInto(mark.position(), end, window);
        return window.events;
    }

    private void replayInto(long begin, long end, TapeReplay.Sink sink) {
        // The replay's subscription is made for one call and closed with it; the archive then ends its session.
        try (Subscription subscription =
                archive.replay(recordingId, begin, end - begin, CommonContext.IPC_CHANNEL, REPLAY_STREAM)) {
            new TapeReplay(subscription, begin, end).into(sink, PATIENCE_NS);
        }
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
        readers.shutdown();
        CloseHelper.quietCloseAll(publication, archive, index);
    }

    /** Collects a window of events. */
    private static final class Window implements TapeReplay.Sink {
        private final long from;
        private final int max;
        private final List<TapeEvent> events = new ArrayList<>();

        Window(long from, int max) {
            this.from = from;
            this.max = max;
        }

        @Override
        public boolean take(TapeEvent event, long position) {
            if (event.number() >= from) {
                events.add(event);
            }
            return events.size() < max;
        }
    }

    /** Looks for the first event of an entry or of a later one, from a mark before it. */
    private static final class FirstOf implements TapeReplay.Sink {
        private final long entry;
        private final TapeIndex.Mark mark;
        private boolean isFirst = true;
        private boolean isWrongMark;
        private OptionalLong number = OptionalLong.empty();

        FirstOf(long entry, TapeIndex.Mark mark) {
            this.entry = entry;
            this.mark = mark;
        }

        @Override
        public boolean take(TapeEvent event, long position) {
            isWrongMark |= isFirst && !mark.isOf(event);
            isFirst = false;
            if (!isWrongMark && event.entry() >= entry) {
                number = OptionalLong.of(event.number());
            }
            return !isWrongMark && number.isEmpty();
        }
    }

    /** Marks what it reads and keeps none of it: a tape may be longer than memory. */
    private static final class Scan implements TapeReplay.Sink {
        private final TapeIndex index;
        private long first;
        private long last;

        Scan(TapeIndex index) {
            this.index = index;
        }

        @Override
        public boolean take(TapeEvent event, long position) {
            last = event.number();
            if (first == 0) {
                first = last;
            } else if (last % TapeIndex.EVERY == 0) {
                index.add(event, position);
            }
            return true;
        }
    }
}
