package org.hmsach.mkt.data.internal.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.command.Commands;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.testkit.fake.FakeDoor;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.Test;

class CoreSetupTest {
    private static final CoreSetup.FirstDate FIRST =
            new CoreSetup.FirstDate(Samples.MONDAY, Samples.MONDAY.plusDays(1));
    private static final List<Instrument> PROPOSALS =
            List.of(Samples.instrument("BAC", "paper"), Samples.instrument("IBM", "paper"));

    private final FakePortfolio portfolio = new FakePortfolio().session(Optional.empty(), false);
    private final FakeDoor door = new FakeDoor();

    @Test
    void definesWhatTheCoreDoesNotKnowAndOpensTheFirstDate() {
        portfolio.put(Samples.instrument("BAC", "crossing"));
        assertFalse(new CoreSetup(portfolio, door, true, true).run(PROPOSALS, FIRST));
        assertEquals(
                List.of(new Commands.DefineInstrument(PROPOSALS.get(1))),
                door.commands(Commands.DefineInstrument.class));
        assertEquals(
                List.of(new Commands.OpenBusinessDate(Samples.MONDAY, Samples.MONDAY.plusDays(1))),
                door.commands(Commands.OpenBusinessDate.class));
    }

    @Test
    void neverMovesADate() {
        portfolio.session(Optional.of(LocalDate.of(2013, 10, 4)), false);
        new CoreSetup(portfolio, door, true, true).run(List.of(), FIRST);
        assertEquals(List.of(), door.sent().items());
    }

    @Test
    void doesNothingWhereConfiguredSo() {
        assertTrue(new CoreSetup(portfolio, door, false, false).run(PROPOSALS, FIRST));
        assertEquals(List.of(), door.sent().items());
    }

    @Test
    void triesAgainWhenTheCoreWasAway() {
        door.failWith(UnavailableException.core("STARTING", "starting", 1));
        CoreSetup setup = new CoreSetup(portfolio, door, true, true);
        setup.run(PROPOSALS, FIRST);
        door.acceptAll();
        setup.run(PROPOSALS, FIRST);
        assertEquals(4, door.commands(Commands.DefineInstrument.class).size());
    }

    @Test
    void catalogueNamesWhatItKnowsAndRefusesBrokenLines() {
        Catalogue catalogue = new Catalogue(new String[] {"IBM|International Business Machines|NYSE"}, 100, "paper");
        assertEquals(
                "International Business Machines",
                catalogue.listing(PROPOSALS.get(1)).name());
        assertEquals("BAC", catalogue.listing(PROPOSALS.get(0)).name());
        assertEquals("paper", catalogue.proposal("XYZ").venue());
        assertThrows(IllegalArgumentException.class, () -> new Catalogue(new String[] {"IBM,NYSE"}, 100, "paper"));
    }
}
