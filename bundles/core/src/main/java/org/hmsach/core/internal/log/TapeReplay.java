package org.hmsach.core.internal.log;

import io.aeron.Image;
import io.aeron.ImageFragmentAssembler;
import io.aeron.Subscription;
import org.agrona.concurrent.BackoffIdleStrategy;

/** One replay of a piece of the tape, polled to its end or until the reader has enough. */
final class TapeReplay {
    private static final int FRAGMENTS = 64;
    private final Subscription subscription;
    private final long end;
    private boolean enough;
    private long eventBegin;

    TapeReplay(Subscription subscription, long begin, long end) {
        this.subscription = subscription;
        this.end = end;
        this.eventBegin = begin;
    }

    /** Takes replayed events. */
    interface Sink {
        /** Takes one event that begins at {@code position} of the recording; false for enough. */
        boolean take(TapeEvent event, long position);
    }

    void into(Sink sink, long patienceNs) {
        ImageFragmentAssembler assembler = new ImageFragmentAssembler((buffer, offset, length, header) -> {
            if (!enough) {
                enough = !sink.take(TapeEvent.copyOf(buffer, offset, length), eventBegin);
            }
            eventBegin = header.position();
        });
        BackoffIdleStrategy idle = new BackoffIdleStrategy();
        long deadline = System.nanoTime() + patienceNs;
        Image image = null;
        while (!enough) {
            if (image == null && subscription.imageCount() > 0) {
                image = subscription.imageAtIndex(0);
            }
            int fragments = image == null ? 0 : image.poll(assembler, FRAGMENTS);
            if (fragments > 0) {
                deadline = System.nanoTime() + patienceNs;
            } else if (image != null && (image.position() >= end || image.isEndOfStream() || image.isClosed())) {
                return;
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the archive replays nothing");
            }
            idle.idle(fragments);
        }
    }
}
