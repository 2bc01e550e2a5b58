package org.hmsach.core.internal.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.EventSink;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.SnapshotSource;
import org.hmsach.core.internal.entry.StateMachine;
import org.hmsach.core.internal.log.SimulatedLog;
import org.hmsach.core.internal.machine.Answer;
import org.junit.jupiter.api.Test;

/** A simulator that finds nothing proves nothing: bugs that are planted are found, and a seed repeats its run. */
class PlantedBugTest {
    private static final int STEPS = 500;
    private static final int SEEDS = 20;

    @Test
    void aSeedGivesTheSameRunAgain() {
        assertEquals(trace(11), trace(11));
        assertNotEquals(trace(11), trace(12));
    }

    private static String trace(long seed) {
        return new Simulation(seed, STEPS, Setting.product()).run().world.traceHash();
    }

    @Test
    void aFailingSeedNamesItselfAndFailsInTheSameWayAgain() {
        String first = failure(with(Bug.ROW_NOT_LOADED));
        assertTrue(first.contains("-Dsim.seed="), first);
        assertEquals(first, failure(with(Bug.ROW_NOT_LOADED)));
    }

    @Test
    void aDiskThatForgetsWhatWasForcedIsFound() {
        String failure = failure(new Setting(Setting::machine, SimulatedLog.Disk.FORGETS_FORCED));
        boolean named = failure.contains("no entry made")
                || failure.contains("applied before the crash")
                || failure.contains("lost what its snapshot covers");
        assertTrue(named, failure);
    }

    @Test
    void anEventThatIsNotToldTheSecondTimeIsFound() {
        String failure = failure(with(Bug.EVENT_NOT_RETOLD));
        assertTrue(failure.contains("the tape"), failure);
    }

    @Test
    void anAnswerThatIsNotTrueIsFound() {
        String failure = failure(with(Bug.REFUSAL_ANSWERED_AS_DONE));
        assertTrue(failure.contains("the twin has"), failure);
    }

    /** The first failure of some seeds; one bug may need more than one seed to show. */
    private static String failure(Setting setting) {
        for (long seed = 1; seed < SEEDS; seed++) {
            Simulation run = new Simulation(seed, STEPS, setting);
            try {
                run.run();
            } catch (AssertionError e) {
                return e.getMessage();
            }
        }
        return assertThrows(AssertionError.class, () -> new Simulation(SEEDS, STEPS, setting).run())
                .getMessage();
    }

    private static Setting with(Bug bug) {
        return new Setting(
                () -> {
                    Setting.Tested product = Setting.machine();
                    return new Setting.Tested(new Buggy(product.machine(), bug), product.view());
                },
                SimulatedLog.Disk.HONEST);
    }

    private enum Bug {
        /** The hundredth row of a snapshot is not read. */
        ROW_NOT_LOADED,
        /** One event of an entry is told by the first machine only, not by one that was restored. */
        EVENT_NOT_RETOLD,
        /** What was refused is answered as done. */
        REFUSAL_ANSWERED_AS_DONE
    }

    private static final class Buggy implements StateMachine<Answer> {
        private final StateMachine<Answer> machine;
        private final Bug bug;
        private boolean restored;

        private Buggy(StateMachine<Answer> machine, Bug bug) {
            this.machine = machine;
            this.bug = bug;
        }

        @Override
        public Answer apply(Entry entry, EventSink out) {
            int[] told = {0};
            Answer answer = machine.apply(entry, (buffer, offset, length) -> {
                if (told[0]++ == 0 || !restored || bug != Bug.EVENT_NOT_RETOLD) {
                    out.emit(buffer, offset, length);
                }
            });
            return bug == Bug.REFUSAL_ANSWERED_AS_DONE && answer.refusal().isPresent() ? Answer.DONE : answer;
        }

        @Override
        public void takeSnapshot(SnapshotSink sink) {
            machine.takeSnapshot(sink);
        }

        @Override
        public void loadSnapshot(SnapshotSource source) {
            restored = true;
            int[] row = {0};
            machine.loadSnapshot(sink -> source.readAll((buffer, offset, length) -> {
                if (++row[0] != 100 || bug != Bug.ROW_NOT_LOADED) {
                    sink.write(buffer, offset, length);
                }
            }));
        }

        @Override
        public long stateHash() {
            return machine.stateHash();
        }
    }
}
