package org.hmsach.gateway.internal.problem;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The id under which one request is answered, logged and written to the tape. */
public final class RequestId {
    /** Header that carries it both ways. */
    public static final String HEADER = "X-Request-ID";

    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,64}");

    private RequestId() {}

    /** The client's id when it is well shaped, else a new one. */
    public static String of(String fromClient) {
        return fromClient != null && SHAPE.matcher(fromClient).matches() ? fromClient : fresh();
    }

    /** Names a request and guards nothing: the secure random numbers have one lock for all callers. */
    private static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
