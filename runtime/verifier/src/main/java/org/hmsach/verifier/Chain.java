package org.hmsach.verifier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The chain: SHA-256 over the hash before (32 zero bytes before event 1) and the event's frame, which is,
 * little-endian, number, entry and time of 8 bytes each, index and the frame's version 1 of 4 each, 32 zero bytes, and
 * the payload.
 */
final class Chain {
    private static final int HASH_BYTES = 32;
    private static final int FRAME_VERSION = 1;
    private final MessageDigest sha256;
    private byte[] last = new byte[HASH_BYTES];

    Chain() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash due for the event, hexadecimal; the chain moves on. */
    String next(Event event) {
        ByteBuffer head = ByteBuffer.allocate(3 * Long.BYTES + 2 * Integer.BYTES + HASH_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(event.number())
                .putLong(event.entry())
                .putLong(event.timeMs())
                .putInt(event.index())
                .putInt(FRAME_VERSION);
        sha256.update(last);
        sha256.update(head.array());
        last = sha256.digest(event.payload());
        return hex();
    }

    String hex() {
        return HexFormat.of().formatHex(last);
    }
}
