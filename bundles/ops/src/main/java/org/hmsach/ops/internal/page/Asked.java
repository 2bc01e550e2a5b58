package org.hmsach.ops.internal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.felix.webconsole.servlet.User;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.ops.internal.json.Json;
import org.hmsach.ops.internal.modules.Swaps;
import org.hmsach.ops.internal.swap.SwapEngine;

/** What the page's script asks, read and bounded. */
final class Asked {
    /** Largest jar, bytes; the same as the gateway's standard for the REST surface. */
    static final long MOST_JAR_BYTES = 64L * 1024 * 1024;

    private static final int MOST_JSON_BYTES = 65_536;
    private static final int MOST_TARGET = 200;
    private static final String JAR = "application/octet-stream";
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = Json.mapper();

    private Asked() {}

    /**
     * A deed on something.
     *
     * @param target  symbolic name, or id of a shadow
     * @param watchMs probation, where there is one
     */
    record Fields(String target, String why, long watchMs) {}

    /** The login of the person whom the console let in. */
    static String who(HttpServletRequest request) {
        if (request.getAttribute(User.USER_ATTRIBUTE) instanceof User user
                && user.getUserObject() instanceof Caller caller) {
            return caller.login();
        }
        throw new ProblemException(Problem.of(403, "FORBIDDEN", "the Web Console let nobody in"));
    }

    /** A parameter that must be there. */
    static String text(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        if (value == null || value.isBlank() || value.length() > Swaps.MOST_WHY) {
            throw new ProblemException(Problem.field(
                    name,
                    value == null ? "" : value.length() + " characters",
                    "1 to " + Swaps.MOST_WHY + " characters",
                    name + " must be a text of 1 to " + Swaps.MOST_WHY + " characters"));
        }
        return value;
    }

    /** The jar in the body; a form of another site cannot send this type of content. */
    static InputStream jar(HttpServletRequest request) throws IOException {
        require(request, JAR);
        if (request.getContentLengthLong() > MOST_JAR_BYTES) {
            throw tooLarge();
        }
        return new Bounded(request.getInputStream());
    }

    static Fields fields(HttpServletRequest request) throws IOException {
        Body body = body(request);
        String target = body.text("target", MOST_TARGET);
        String why = body.text("why", Swaps.MOST_WHY);
        long watchMs = body.optionalInteger("watchMs", 0, Swaps.MOST_WATCH_MS).orElse(SwapEngine.WATCH_MS);
        body.done();
        return new Fields(target, why, watchMs);
    }

    static String only(HttpServletRequest request, String field) throws IOException {
        Body body = body(request);
        String value = body.text(field, MOST_TARGET);
        body.done();
        return value;
    }

    private static Body body(HttpServletRequest request) throws IOException {
        require(request, JSON);
        byte[] bytes = request.getInputStream().readNBytes(MOST_JSON_BYTES + 1);
        if (bytes.length > MOST_JSON_BYTES) {
            throw new ProblemException(
                    Problem.of(413, "TOO_LARGE", "the body is larger than " + MOST_JSON_BYTES + " bytes"));
        }
        try {
            return new Body(MAPPER.readValue(bytes, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new ProblemException(
                    Problem.of(400, "MALFORMED", "the body is no JSON object: " + e.getOriginalMessage()));
        }
    }

    private static void require(HttpServletRequest request, String type) {
        String sent = request.getContentType();
        if (sent == null || !sent.split(";", 2)[0].trim().equalsIgnoreCase(type)) {
            throw new ProblemException(Problem.of(
                    415, "UNSUPPORTED_MEDIA_TYPE", "the body must be " + type + ", this one is '" + sent + "'"));
        }
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                Problem.of(413, "TOO_LARGE", "the jar is larger than " + MOST_JAR_BYTES + " bytes"));
    }

    /** Ends with a problem when more comes than may. */
    private static final class Bounded extends FilterInputStream {
        private long left = MOST_JAR_BYTES;

        Bounded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge();
            }
        }
    }
}
