package org.hmsach.ops.internal.modules;

import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Phase;
import org.hmsach.ops.internal.swap.SwapEngine;

/** What the surfaces share: who asks, for what reason, and the answer when callers have moved. */
public final class Swaps {
    /** Longest reason, characters. */
    public static final int MOST_WHY = 200;

    private static final Duration SWITCHED = Duration.ofSeconds(60);
    /** Longest probation, milliseconds. */
    public static final long MOST_WATCH_MS = 3_600_000;

    private static final Set<Phase> MOVED =
            EnumSet.complementOf(EnumSet.of(Phase.STAGE, Phase.OVERLAP, Phase.TRANSFORM, Phase.SWITCH));

    private Swaps() {}

    /**
     * Waits until callers have moved; a problem when they do not. Not until the old version has ended its calls: this
     * may be one of them.
     */
    static Map<String, Object> moved(Operation operation) throws InterruptedException {
        Operation.Record record = operation.await(one -> MOVED.contains(one.phase()), SWITCHED);
        if (record.phase() == Phase.REFUSED || record.phase() == Phase.FAILED) {
            throw refused(record.steps().get(record.steps().size() - 1).detail());
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("symbolicName", record.module());
        json.put("version", record.to().version());
        json.put("digest", record.to().digest());
        json.put("operation", record);
        return json;
    }

    /** One that has ended; a problem when it failed. */
    static Operation.Record done(Operation.Record record) {
        if (record.phase() == Phase.FAILED) {
            throw refused(record.steps().get(record.steps().size() - 1).detail());
        }
        return record;
    }

    /** Whether the jar is the body, else it is the repository's. @param from null where the caller named none */
    static boolean isBody(InputStream body, String from) {
        try {
            if (from != null && body != null && body.read() >= 0) {
                throw refused("the body is a jar and from names another one, " + from + ": send one of them");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the body cannot be read", e);
        }
        return from == null;
    }

    static ProblemException refused(String why) {
        return new ProblemException(Problem.of(422, "MODULE_REFUSED", why));
    }

    static String who(SecurityContext security) {
        return security.getUserPrincipal().getName();
    }

    static String reason(String why) {
        String text = why == null ? "" : why;
        if (text.length() > MOST_WHY) {
            throw new ProblemException(Problem.field(
                    "why", text.length() + " characters", "at most " + MOST_WHY, "the reason is too long"));
        }
        return text;
    }

    /** The probation; the standard one where nothing is said. */
    public static long watch(String text) {
        return number("watchMs", text, SwapEngine.WATCH_MS, MOST_WATCH_MS);
    }

    /** A whole number from 0 to the most; the standard one where nothing is said. */
    public static long number(String field, String text, long standard, long most) {
        if (text == null) {
            return standard;
        }
        if (!text.matches("[0-9]{1,9}") || Long.parseLong(text) > most) {
            throw new ProblemException(
                    Problem.field(field, text, "0 to " + most, field + " must be a whole number from 0 to " + most));
        }
        return Long.parseLong(text);
    }
}
