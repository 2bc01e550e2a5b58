package org.hmsach.core.internal.log;

import org.hmsach.core.internal.log.TapeEvent.EventPlace;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Every interleaving of one writer and its readers, by Lincheck. */
class TapeRingRaceTest {
    private static final int EVENTS = 16;
    private static final TapeEvent[] MADE = new TapeEvent[EVENTS + 1];

    static {
        ChainHash chain = new ChainHash();
        for (int number = 1; number <= EVENTS; number++) {
            MADE[number] = TapeEvent.make(number, new EventPlace(number, 0, 0), new byte[0], chain);
        }
    }

    @Test
    void whatIsSaidToBeThereIsThere() {
        new ModelCheckingOptions()
                .iterations(10)
                .threads(3)
                .actorsPerThread(3)
                .invocationsPerIteration(200)
                .check(Ring.class);
    }

    /** Large enough that nothing is overwritten. */
    @Param(name = "number", gen = IntGen.class, conf = "1:6")
    public static final class Ring {
        private final TapeRing ring = new TapeRing(EVENTS);
        private int written;

        @Operation(nonParallelGroup = "writer")
        public void write() {
            written++;
            ring.put(MADE[written]);
        }

        /** Number of the newest event, as a reader finds it; -1 when it is not where it is said to be. */
        @Operation
        public long newest() {
            long last = ring.last();
            return last == 0 ? 0 : ring.get(last).map(TapeEvent::number).orElse(-1L);
        }

        /** Whether an event that was said to be there can be had. */
        @Operation
        public boolean has(@Param(name = "number") int number) {
            return ring.last() >= number && ring.get(number).isPresent();
        }
    }
}
