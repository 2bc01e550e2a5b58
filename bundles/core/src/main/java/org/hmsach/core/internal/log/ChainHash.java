package org.hmsach.core.internal.log;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 over the hash before and the event, event by event: one changed event changes all later hashes. */
final class ChainHash {
    private final MessageDigest digest;
    private byte[] current = new byte[TapeEvent.CHAIN_BYTES];

    ChainHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Puts the hash over (hash before, frame with an empty hash field) into the frame's hash field. */
    void moveOver(byte[] frame, int chainAt) {
        digest.update(current);
        digest.update(frame);
        try {
            digest.digest(frame, chainAt, TapeEvent.CHAIN_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 has " + TapeEvent.CHAIN_BYTES + " bytes", e);
        }
        System.arraycopy(frame, chainAt, current, 0, TapeEvent.CHAIN_BYTES);
    }

    /** Moves over a frame that carries its hash already; false when it is another than the one due here. */
    boolean movesOver(byte[] frame, int chainAt) {
        byte[] due = frame.clone();
        Arrays.fill(due, chainAt, chainAt + TapeEvent.CHAIN_BYTES, (byte) 0);
        moveOver(due, chainAt);
        return Arrays.equals(due, frame);
    }

    byte[] current() {
        return current.clone();
    }

    void continueFrom(byte[] hash) {
        current = hash.clone();
    }

    String hex() {
        return HexFormat.of().formatHex(current);
    }
}
