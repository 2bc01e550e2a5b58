package org.hmsach.gateway.internal.guard;

import java.util.List;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.portfolio.Portfolio;

/** Callers over a given authenticator, without OSGi. */
public final class CallersForTests {
    private CallersForTests() {}

    /** Knows who the authenticator knows; nobody has access to accounts but their own. */
    public static Callers of(Authenticator authenticator) {
        return new Callers(List.of(authenticator), List.of());
    }

    /** Knows who the authenticator knows, with the access that the portfolio tells. */
    public static Callers of(Authenticator authenticator, Portfolio portfolio) {
        return new Callers(List.of(authenticator), List.of(portfolio));
    }
}
