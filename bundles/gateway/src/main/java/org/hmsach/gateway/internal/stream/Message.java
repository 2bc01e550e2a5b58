package org.hmsach.gateway.internal.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One message, encoded once and shared by everybody who gets it.
 *
 * @param utf8 the text; only read
 */
record Message(ByteBuffer utf8) {
    static Message of(String text) {
        return new Message(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes, with a position of their own. */
    ByteBuffer payload() {
        return utf8.duplicate();
    }
}
