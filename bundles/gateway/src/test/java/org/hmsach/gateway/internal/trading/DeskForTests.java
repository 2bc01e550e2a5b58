package org.hmsach.gateway.internal.trading;

import java.util.List;
import org.hmsach.api.history.History;
import org.hmsach.api.tape.Tape;
import org.hmsach.spi.mkt.MarketData;
import org.hmsach.testkit.fake.FakePortfolio;

/** Desks for tests of other packages. */
public final class DeskForTests {
    private DeskForTests() {}

    public static Desk of(FakePortfolio portfolio, Tape tape, MarketData market, History... histories) {
        return over(portfolio, tape, market, new Histories(List.of(histories), List.of()));
    }

    static Desk over(FakePortfolio portfolio, Tape tape, MarketData market, Histories histories) {
        return new Desk(portfolio, new FakeIntake(portfolio), tape, histories, new Prices(List.of(market)));
    }
}
