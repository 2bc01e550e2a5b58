package org.hmsach.core.internal.log;

import io.aeron.Image;
import io.aeron.ImageControlledFragmentAssembler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import org.agrona.concurrent.IdleStrategy;
import org.hmsach.core.internal.entry.SnapshotSink;

/** Gives the frames of a snapshot in order. */
interface SnapshotFrames {
    /** Hands the next frame over; false when the snapshot has none. */
    boolean next(SnapshotSink frame);

    /** The frames that the engine's image carries, in as many fragments as they need. */
    static SnapshotFrames of(Image image, IdleStrategy idle) {
        return new OfImage(image, idle);
    }

    /** Waits for fragments. */
    final class OfImage implements SnapshotFrames {
        private final Image image;
        private final IdleStrategy idle;
        private final ImageControlledFragmentAssembler assembler;
        private SnapshotSink taker = (buffer, offset, length) -> {};
        private boolean taken;

        private OfImage(Image image, IdleStrategy idle) {
            this.image = image;
            this.idle = idle;
            this.assembler = new ImageControlledFragmentAssembler((buffer, offset, length, header) -> {
                taker.write(buffer, offset, length);
                taken = true;
                return Action.BREAK;
            });
        }

        @Override
        public boolean next(SnapshotSink frame) {
            taker = frame;
            taken = false;
            idle.reset();
            while (!taken) {
                int fragments = image.controlledPoll(assembler, 1);
                if (fragments == 0 && (image.isClosed() || image.isEndOfStream())) {
                    return false;
                }
                if (!taken) {
                    idle.idle(fragments);
                }
            }
            return true;
        }
    }
}
