package org.hmsach.gateway.internal.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hmsach.api.http.Problem;
import org.hmsach.gateway.internal.problem.Problems;

/**
 * What is refused before anything is looked up or read: methods, shapes of paths, media types and sizes that no
 * resource takes. JAX-RS would hand XML to readers of its own if it got that far.
 */
final class Admission {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final String JSON = "application/json";
    /** A module's jar, for the operator's update. */
    private static final String BINARY = "application/octet-stream";

    private static final List<String> ANSWERS = List.of(
            "application/json", "application/problem+json", "text/plain", "application/octet-stream", "text/csv");

    private static final Pattern NOT_WANTED = Pattern.compile(".*;q=0(\\.0*)?(;.*)?");

    private final long jsonLimitBytes;
    private final long binaryLimitBytes;

    Admission(long jsonLimitBytes, long binaryLimitBytes) {
        this.jsonLimitBytes = jsonLimitBytes;
        this.binaryLimitBytes = binaryLimitBytes;
    }

    /** Most bytes of body that are read of the request. */
    long limitBytes(HttpServletRequest request) {
        return BINARY.equals(type(request.getContentType())) ? binaryLimitBytes : jsonLimitBytes;
    }

    /** Why the request is not let in. */
    Optional<Problem> refuse(HttpServletRequest request) {
        String uri = request.getRequestURI();
        if (!METHODS.contains(request.getMethod())) {
            return Optional.of(Problem.of(405, "METHOD_NOT_ALLOWED", "this method is not known here"));
        }
        if (uri.indexOf(';') >= 0 || uri.contains("//") || uri.contains("/../") || uri.contains("/./")) {
            return Optional.of(Problem.of(400, "MALFORMED", "the path is malformed"));
        }
        if (hasBody(request)) {
            String type = type(request.getContentType());
            if (!JSON.equals(type) && !BINARY.equals(type)) {
                return Optional.of(Problem.of(
                        415, "UNSUPPORTED_MEDIA_TYPE", "a body must be " + JSON + ", this one is '" + type + "'"));
            }
            if (JSON.equals(type) && !charsetIsUtf8(request.getContentType())) {
                return Optional.of(Problem.of(415, "UNSUPPORTED_MEDIA_TYPE", "a body must be in UTF-8"));
            }
            if (request.getContentLengthLong() > limitBytes(request)) {
                return Optional.of(Problems.tooLarge(limitBytes(request)));
            }
        }
        if (!accepts(request.getHeader("Accept"))) {
            return Optional.of(Problem.of(406, "NOT_ACCEPTABLE", "answers are " + JSON + ", Accept does not allow it"));
        }
        return Optional.empty();
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private static String type(String contentType) {
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    private static boolean charsetIsUtf8(String contentType) {
        String lower = contentType.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", "");
        int at = lower.indexOf("charset=");
        return at < 0 || lower.startsWith("utf-8", at + 8);
    }

    private static boolean accepts(String header) {
        if (header == null || header.isBlank() || header.equals("*/*") || header.equals(JSON)) {
            return true;
        }
        for (String range : header.toLowerCase(Locale.ROOT).split(",")) {
            String wanted = range.split(";", 2)[0].trim();
            if (!NOT_WANTED.matcher(range.replace(" ", "")).matches() && matches(wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String wanted) {
        if (wanted.equals("*/*") || ANSWERS.contains(wanted)) {
            return true;
        }
        String prefix = wanted.endsWith("/*") ? wanted.substring(0, wanted.length() - 1) : "none/";
        return ANSWERS.stream().anyMatch(answer -> answer.startsWith(prefix));
    }
}
