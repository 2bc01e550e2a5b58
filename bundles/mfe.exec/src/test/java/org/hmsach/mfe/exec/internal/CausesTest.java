package org.hmsach.mfe.exec.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hmsach.api.command.Cause;
import org.junit.jupiter.api.Test;

class CausesTest {
    private final Causes causes = new Causes();

    @Test
    void countsWithinAnEntryAndNeverGoesBack() {
        assertEquals(cause(5, 0), causes.next(5, 9));
        assertEquals(cause(5, 1), causes.next(5, 9));
        assertEquals(cause(7, 0), causes.next(7, 9));
        assertEquals(cause(7, 1), causes.next(5, 9));
        assertEquals(7, causes.last());
    }

    @Test
    void believesNoVenueThatNamesAnEntryOfTheFuture() {
        assertEquals(cause(9, 0), causes.next(Long.MAX_VALUE, 9));
        assertEquals(cause(10, 0), causes.next(10, 12));
    }

    @Test
    void takesTheNewestEntryWhenOneHasTooManyAnswers() {
        for (int i = 0; i <= 1_000_000; i++) {
            causes.next(5, 6);
        }
        assertEquals(cause(6, 0), causes.next(5, 6));
    }

    private static Cause cause(long entry, int index) {
        return new Cause("mfe.exec", entry, index);
    }
}
