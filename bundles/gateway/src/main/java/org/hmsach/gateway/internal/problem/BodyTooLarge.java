package org.hmsach.gateway.internal.problem;

import java.io.IOException;

/** The request's body is larger than what is read. An IOException, because it is met while reading the stream. */
public final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limitBytes;

    public BodyTooLarge(long limitBytes) {
        super("the body is larger than " + limitBytes + " bytes");
        this.limitBytes = limitBytes;
    }

    /** The limit. */
    public long limitBytes() {
        return limitBytes;
    }
}
