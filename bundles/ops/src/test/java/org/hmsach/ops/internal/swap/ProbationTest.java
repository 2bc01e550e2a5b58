package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hmsach.api.tape.Events;
import org.junit.jupiter.api.Test;

class ProbationTest {
    private final GoingTape tape = new GoingTape();

    private void open(int times) {
        for (int i = 0; i < times; i++) {
            tape.told().append(header -> new Events.VenueOpened(header, "acme", false));
        }
    }

    @Test
    void countsWhatWasToldWhileTheCoreWasAway() throws Exception {
        open(4);
        try (Probation probation = new Probation(() -> Optional.of(tape), Set.of())) {
            open(3);
            assertEquals(List.of(), probation.look(Duration.ZERO));
            tape.goAway();
            assertEquals(List.of(), probation.look(Duration.ZERO));
            assertFalse(probation.isReading());
            open(2);
            tape.comeBack();
            assertEquals(List.of("venue acme was opened anew, 5 times"), probation.look(Duration.ZERO));
            assertTrue(probation.isReading());
        }
    }

    @Test
    void beginsWhenTheCoreIsThere() throws Exception {
        Optional<GoingTape> here = Optional.of(tape);
        boolean[] isHere = {false};
        open(5);
        try (Probation probation = new Probation(() -> isHere[0] ? here.map(one -> one) : Optional.empty(), Set.of())) {
            assertEquals(List.of(), probation.look(Duration.ZERO));
            isHere[0] = true;
            assertEquals(List.of(), probation.look(Duration.ZERO));
            open(5);
            assertEquals(List.of("venue acme was opened anew, 5 times"), probation.look(Duration.ZERO));
        }
    }
}
