package org.hmsach.ops.internal.swap;

import java.time.Duration;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeListener;
import org.hmsach.api.tape.TapeReader;
import org.hmsach.testkit.fake.FakeTape;

/** A tape whose core can go away and come back, or break down. */
final class GoingTape implements Tape {
    private final FakeTape told = new FakeTape();
    private volatile boolean away;
    private volatile boolean broken;

    /** What it tells. */
    FakeTape told() {
        return told;
    }

    /** Readers that are open find the core gone. */
    void goAway() {
        away = true;
    }

    /** New readers find it again. */
    void comeBack() {
        away = false;
    }

    /** Nothing can be read any more. */
    void breakDown() {
        broken = true;
    }

    @Override
    public long lastNumber() {
        return told.lastNumber();
    }

    @Override
    public long firstNumberOf(long entry) {
        return told.firstNumberOf(entry);
    }

    @Override
    public TapeReader open(long fromNumber) {
        TapeReader reader = told.open(fromNumber);
        return new TapeReader() {
            @Override
            public int poll(TapeListener listener, int max, Duration wait) throws InterruptedException {
                if (away) {
                    throw new IllegalStateException("the core went away");
                }
                if (broken) {
                    throw new UnsupportedOperationException("an event that nobody knows");
                }
                return reader.poll(listener, max, wait);
            }

            @Override
            public long nextNumber() {
                return reader.nextNumber();
            }

            @Override
            public void close() {
                reader.close();
            }
        };
    }
}
