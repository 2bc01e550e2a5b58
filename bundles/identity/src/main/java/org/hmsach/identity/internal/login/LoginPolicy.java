package org.hmsach.identity.internal.login;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What was chosen about logging in.
 *
 * @param sessionIdle          how long a session lives unused
 * @param sessionLongest       how long it lives at most
 * @param cookieSecure         cookies for TLS only, however the request came
 * @param hashesInFlight       password hashes at a time
 * @param freeAttemptsLogin    wrong passwords for one login before the next must wait
 * @param freeAttemptsAddress  the same from one address
 * @param secretsFolder        where the first login's password is left
 */
record LoginPolicy(
        Duration sessionIdle,
        Duration sessionLongest,
        boolean cookieSecure,
        int hashesInFlight,
        int freeAttemptsLogin,
        int freeAttemptsAddress,
        Path secretsFolder) {
    LoginPolicy {
        if (sessionIdle.isNegative()
                || sessionIdle.isZero()
                || sessionLongest.isNegative()
                || sessionLongest.isZero()) {
            throw new IllegalArgumentException(
                    "a session must live longer than " + sessionIdle + ", " + sessionLongest);
        }
        atLeastOne("hashes.in.flight", hashesInFlight);
        atLeastOne("free.attempts.login", freeAttemptsLogin);
        atLeastOne("free.attempts.address", freeAttemptsAddress);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " " + value + " is below 1");
        }
    }
}
