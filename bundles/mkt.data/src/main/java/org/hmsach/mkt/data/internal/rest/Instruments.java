package org.hmsach.mkt.data.internal.rest;

import java.util.Optional;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/** Finds instruments by symbol or asset id. */
final class Instruments {
    private Instruments() {}

    static Instrument require(Portfolio portfolio, String symbolOrId) {
        return find(portfolio, symbolOrId)
                .orElseThrow(() -> notFound("symbol", "asset not found for " + shown(symbolOrId)));
    }

    static Optional<Instrument> find(Portfolio portfolio, String symbolOrId) {
        return portfolio.instrument(symbolOrId).or(() -> portfolio.instruments().stream()
                .filter(instrument -> instrument.assetId().toString().equalsIgnoreCase(symbolOrId))
                .findFirst());
    }

    static ProblemException notFound(String field, String message) {
        return new ProblemException(Problem.of(Refused.of(Reason.NOT_FOUND, field, message)));
    }

    static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
