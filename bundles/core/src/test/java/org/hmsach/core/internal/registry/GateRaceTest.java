package org.hmsach.core.internal.registry;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Every interleaving of a few calls, by Lincheck: what callers see is what one caller after the other could see. */
class GateRaceTest {

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(10)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .invocationsPerIteration(200);
    }

    @Test
    void callersOfAGateSeeWhatOneAfterTheOtherCouldSee() {
        options().check(OneGate.class);
    }

    @Test
    void aGateThatLooksBeforeItCountsIsFound() {
        assertThrows(LincheckAssertionError.class, () -> options().check(TwoSteps.class));
    }

    /** The gate itself. */
    public static final class OneGate {
        private final Gate gate = new Gate(true);

        @Operation
        public boolean enter() {
            return gate.enter();
        }

        @Operation
        public void leave() {
            gate.leave();
        }

        @Operation
        public void open() {
            gate.open();
        }

        @Operation
        public void close() {
            gate.close();
        }

        @Operation
        public long inside() {
            return gate.inside();
        }

        @Operation
        public boolean isOpen() {
            return gate.isOpen();
        }
    }

    /** What a gate must not be: somebody may enter between the look and the count of one who closes. */
    public static final class TwoSteps {
        private final Gate gate = new Gate(true);
        private final AtomicLong inside = new AtomicLong();

        @Operation
        public boolean enter() {
            boolean open = gate.isOpen();
            inside.addAndGet(open ? 1 : 0);
            return open;
        }

        @Operation
        public long closeAndCount() {
            gate.close();
            return inside.get();
        }
    }
}
