package org.hmsach.gateway.internal.guard;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.gateway.internal.board.Parking;

/** Callers over a given authenticator, without OSGi. */
public final class CallersForTests {
    private CallersForTests() {}

    /** Knows who the authenticator knows; nobody has access to accounts but their own. */
    public static Callers of(Authenticator authenticator) {
        return with(authenticator, List.of());
    }

    /** Knows who the authenticator knows, with the access that the portfolio tells. */
    public static Callers of(Authenticator authenticator, Portfolio portfolio) {
        return with(authenticator, List.of(portfolio));
    }

    /** Identity is away. */
    public static Callers none() {
        return new Callers(new Parking(1, Duration.ofSeconds(1), change -> {}), List.of());
    }

    private static Callers with(Authenticator authenticator, List<Portfolio> portfolios) {
        Callers callers = new Callers(new Parking(1, Duration.ofSeconds(1), change -> {}), portfolios);
        callers.addAuthenticator(authenticator, Map.of());
        return callers;
    }
}
