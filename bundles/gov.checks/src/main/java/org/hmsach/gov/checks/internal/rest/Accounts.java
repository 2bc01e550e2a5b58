package org.hmsach.gov.checks.internal.rest;

import java.util.UUID;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/** Finds accounts named in paths. */
final class Accounts {
    private static final String SHAPE = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private Accounts() {}

    static UUID require(Portfolio portfolio, String text) {
        if (text.matches(SHAPE) && portfolio.account(UUID.fromString(text)).isPresent()) {
            return UUID.fromString(text);
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        throw new ProblemException(
                Problem.of(Refused.of(Reason.NOT_FOUND, "account", "account '" + shown + "' does not exist")));
    }
}
