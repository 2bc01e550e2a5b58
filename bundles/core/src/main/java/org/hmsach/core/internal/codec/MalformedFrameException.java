package org.hmsach.core.internal.codec;

/** Bytes that are no frame of ours; never leaves the codec. */
final class MalformedFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message);
    }
}
