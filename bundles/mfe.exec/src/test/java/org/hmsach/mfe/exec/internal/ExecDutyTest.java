package org.hmsach.mfe.exec.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import org.hmsach.api.tape.Events;
import org.hmsach.testkit.fake.FakeDuty;
import org.junit.jupiter.api.Test;

/** Of two versions side by side one opens the venues. */
class ExecDutyTest {
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final FakeVenue venue = FakeVenue.internal("v");

    @Test
    void opensNothingUntilItIsItsDuty() {
        FakeDuty duty = new FakeDuty(false);
        try (ExecStage stage = new ExecStage(duty, Duration.ofSeconds(10), venue)) {
            assertFalse(stage.opensAgainWithin(A_WHILE));
            duty.set(true);
            stage.open();
        }
    }

    @Test
    void keepsTheVenueUntilTheOtherVersionHasOpenedItAndTakesItBackWithTheDuty() {
        FakeDuty duty = new FakeDuty(true);
        try (ExecStage stage = new ExecStage(duty, Duration.ofSeconds(10), venue)) {
            stage.open();
            venue.asked.await(1);
            duty.set(false);
            stage.tape.append(ExecStage.anotherInstance(), h -> new Events.VenueOpened(h, "v", true));
            venue.asked.await("close"::equals, "the close");
            assertFalse(stage.opensAgainWithin(A_WHILE));
            duty.set(true);
            long incarnation = stage.open();
            venue.asked.await(("open " + incarnation + " []")::equals, "the new opening");
        }
    }
}
