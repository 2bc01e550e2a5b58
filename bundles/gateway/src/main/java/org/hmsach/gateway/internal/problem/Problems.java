package org.hmsach.gateway.internal.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.Optional;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.refusal.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into a problem. Nothing of a stack trace or class name reaches the client. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int NOT_FOUND_CODE = 40_410_000;
    private static final int MALFORMED_CODE = 40_010_001;
    private static final int UNAUTHORISED_CODE = 40_110_000;
    private static final int UNAVAILABLE_CODE = 50_310_000;
    private static final int MAX_CAUSES = 10;

    private Problems() {}

    /** The problem behind the exception; a bug is logged under the request id. */
    public static Problem of(Throwable thrown, String requestId) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            Optional<Problem> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
            cause = cause.getCause();
        }
        if (thrown instanceof WebApplicationException web) {
            return web(web.getResponse().getStatus());
        }
        LOG.error("request {} failed", requestId, thrown);
        return Problem.of(500, "BUG", "something is wrong on our side; the request id is " + requestId);
    }

    /** The problem of a refusal to authenticate. */
    public static Problem unauthorised(String message) {
        return coded(401, UNAUTHORISED_CODE, "NOT_AUTHENTICATED", message);
    }

    /** Nothing is at the path. */
    public static Problem noSuchPath(String path) {
        return coded(404, NOT_FOUND_CODE, "NOT_FOUND", "nothing is at " + path);
    }

    /** A thing that was asked for does not exist, or not for this caller. */
    public static Problem notFound(String message) {
        return coded(404, NOT_FOUND_CODE, "NOT_FOUND", message);
    }

    /** A parameter of the request is malformed. */
    public static Problem parameter(String name, String value, String limit) {
        String shown = value.length() > 100 ? value.substring(0, 100) + "…" : value;
        return new Problem(
                422,
                MALFORMED_CODE,
                "INVALID",
                name + " is '" + shown + "'; it must be " + limit,
                Optional.of(name),
                Optional.of(shown),
                Optional.of(limit),
                Optional.empty());
    }

    /** The problem of something that is away. */
    public static Problem unavailable(UnavailableException away) {
        return new Problem(
                503,
                UNAVAILABLE_CODE,
                away.code(),
                away.getMessage(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                away.retryAfterSeconds().isPresent()
                        ? Optional.of(away.retryAfterSeconds().getAsInt())
                        : Optional.empty());
    }

    /** The body is larger than what is read. */
    public static Problem tooLarge(long limitBytes) {
        return new Problem(
                413,
                41_300_000,
                "INVALID",
                "the body is larger than " + limitBytes + " bytes",
                Optional.of("body"),
                Optional.empty(),
                Optional.of(limitBytes + " bytes"),
                Optional.empty());
    }

    private static Optional<Problem> known(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return Optional.of(problem.problem());
        }
        if (cause instanceof UnavailableException away) {
            return Optional.of(unavailable(away));
        }
        if (cause instanceof BodyTooLarge large) {
            return Optional.of(tooLarge(large.limitBytes()));
        }
        if (cause instanceof JsonProcessingException json) {
            return Optional.of(coded(400, MALFORMED_CODE, "MALFORMED", malformed(json)));
        }
        if (cause instanceof ClientErrorException client && client.getCause() == null) {
            return Optional.of(web(client.getResponse().getStatus()));
        }
        if (cause instanceof IOException) {
            return Optional.of(coded(400, MALFORMED_CODE, "MALFORMED", "the request body ended early"));
        }
        return Optional.empty();
    }

    private static Problem web(int status) {
        return switch (status) {
            case 400 -> coded(400, MALFORMED_CODE, "MALFORMED", "the request is malformed");
            case 401 -> unauthorised("request is not authorized.");
            case 403 -> Problem.of(403, "NOT_AUTHORISED", "the caller may not do this");
            case 404 -> coded(404, NOT_FOUND_CODE, "NOT_FOUND", "nothing is at this path");
            case 405 -> Problem.of(405, "METHOD_NOT_ALLOWED", "the path does not know this method");
            case 406 -> Problem.of(406, "NOT_ACCEPTABLE", "the answer has another type than Accept allows");
            case 415 -> Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "the path does not take a body of this Content-Type");
            default -> Problem.of(status, status < 500 ? "INVALID" : "BUG", "the request failed with status " + status);
        };
    }

    private static String malformed(JsonProcessingException json) {
        JsonLocation at = json.getLocation();
        String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        // other kinds of exceptions name Java classes in their message
        String what = json instanceof StreamReadException ? ": " + json.getOriginalMessage() : "";
        return "the body is not the JSON that is expected" + where + what;
    }

    private static Problem coded(int status, int code, String reason, String message) {
        return new Problem(
                status, code, reason, message, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
