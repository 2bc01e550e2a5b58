package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.UUID;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Commands;
import org.hmsach.api.refusal.Reason;
import org.hmsach.core.internal.codec.Genesis;
import org.hmsach.core.internal.codec.VersionActivation;
import org.junit.jupiter.api.Test;

/** What changes with the machine version, and how a version becomes active. */
class VersionTapeTest {

    @Test
    void aSaleSeesWhatItsAccountBuysInTheSameTrade() {
        House house = new House();
        house.holds(house.alice, "ACME", 10, "10");
        UUID maker = house.sell("sell", house.alice, 10, "12");
        UUID taker = house.buy("buy", house.alice, 10, "12");
        house.trade(taker, maker, 10, "12");

        // 10 shares for 100.00 and 10 for 120.00: half of 220.00 leaves with the sale
        assertEquals(position(1_000, 11_000, 1_000), acme(house));
    }

    @Test
    void aSaleBeforeAPurchaseOfTheSameTradeTakesTheOldCost() {
        House house = new House();
        house.holds(house.alice, "ACME", 10, "10");
        UUID maker = house.buy("buy", house.alice, 10, "12");
        UUID taker = house.sell("sell", house.alice, 10, "12");
        house.trade(taker, maker, 10, "12");

        assertEquals(position(1_000, 12_000, 2_000), acme(house));
    }

    private static Position position(long hundredths, long costMinor, long realisedMinor) {
        return new Position("ACME", hundredths * House.ONE / 100, 0, 0, costMinor, realisedMinor);
    }

    private static Position acme(House house) {
        return house.account(house.alice).position("ACME").orElseThrow();
    }

    @Test
    void aVersionIsActivatedByAnEntryAndKeptInTheSnapshot() {
        Journal journal = new Journal();
        journal.accepted(new Genesis(Journal.CLUSTER, 1));
        assertEquals(1, journal.machine().machineVersion());
        journal.accepted(new VersionActivation(2, 2));
        journal.restart();
        assertEquals(2, journal.machine().machineVersion());
        journal.refused(Reason.INVALID, new VersionActivation(1, 2));
        journal.refused(Reason.INVALID, new Commands.ActivateMachineVersion(1));
        journal.assertReplaysEqually();
    }

    @Test
    void whatItsSenderDidNotKnowIsRefusedWhateverTheReaderKnows() {
        Journal journal = new Journal();
        journal.accepted(new Genesis(Journal.CLUSTER, 1));
        journal.refused(Reason.UNSUPPORTED, new VersionActivation(2, 1));
        journal.refused(Reason.UNSUPPORTED, new Commands.ActivateMachineVersion(2));
        assertEquals(1, journal.machine().machineVersion());
    }

    @Test
    void codeThatIsTooOldForTheLogStops() {
        Journal journal = Journal.named();
        int newer = Machine.NEWEST_VERSION + 1;
        IllegalStateException stopped =
                assertThrows(IllegalStateException.class, () -> journal.send(new VersionActivation(newer, newer)));
        assertEquals(
                "the log was written by newer code: it activates machine version 3, this code knows versions up to 2",
                stopped.getMessage());
    }
}
