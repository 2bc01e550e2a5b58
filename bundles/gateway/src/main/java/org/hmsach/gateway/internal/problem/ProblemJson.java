package org.hmsach.gateway.internal.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hmsach.api.http.Problem;
import org.hmsach.gateway.internal.json.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a problem as RFC 9457 JSON that also carries the dialect's {@code code} and {@code message}. */
public final class ProblemJson {
    /** Media type of the answer. */
    public static final String TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(ProblemJson.class);

    private final StrictJson json;

    public ProblemJson(StrictJson json) {
        this.json = json;
    }

    /** The members, in the order in which they are written. */
    public static Map<String, Object> members(Problem problem, String requestId) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", title(problem.status()));
        members.put("status", problem.status());
        members.put("detail", problem.message());
        members.put("code", problem.code());
        members.put("message", problem.message());
        members.put("reason", problem.reason());
        problem.field().ifPresent(field -> members.put("field", field));
        // rules and limits have dotted names, fields do not
        problem.field().filter(field -> field.contains(".")).ifPresent(rule -> members.put("rule", rule));
        problem.value().ifPresent(value -> members.put("value", value));
        problem.limit().ifPresent(limit -> members.put("limit", limit));
        members.put("requestId", requestId);
        return members;
    }

    /** The JSON text. */
    public byte[] bytes(Problem problem, String requestId) {
        return json.write(members(problem, requestId)).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the whole answer, where nothing has been sent yet. */
    public void send(HttpServletResponse response, Problem problem, String requestId) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(TYPE);
        if (problem.retryAfterSeconds().isPresent()) {
            response.setIntHeader("Retry-After", problem.retryAfterSeconds().get());
        }
        byte[] body = bytes(problem, requestId);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /**
     * Whether part of the request's body is unread. Then the connection has to end with the answer and say so: the
     * server gives it up anyway, and a client that was not told would send its next request into the void.
     */
    public static boolean leavesBody(HttpServletRequest request) {
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
            return false;
        }
        try {
            return !request.getInputStream().isFinished();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("the request's body cannot be looked at", e);
            return true;
        }
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 409 -> "Conflict";
            case 413 -> "Content Too Large";
            case 415 -> "Unsupported Media Type";
            case 422 -> "Unprocessable Content";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Problem";
        };
    }
}
