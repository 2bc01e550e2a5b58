package org.hmsach.core.internal.codec;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.hmsach.core.internal.sbe.MessageHeaderDecoder;

/** Reads a frame: one message after the other, never past its end. */
final class In {
    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private final UnsafeBuffer view = new UnsafeBuffer(NOTHING);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private int at;

    void start(DirectBuffer buffer, int offset, int length) {
        view.wrap(buffer, offset, length);
        at = 0;
    }

    /** Template id of the next message. */
    int template() throws MalformedFrameException {
        if (at + MessageHeaderDecoder.ENCODED_LENGTH > view.capacity()) {
            throw new MalformedFrameException("the frame ends at byte " + at);
        }
        return header.wrap(view, at).templateId();
    }

    /** Begins the next message, which must be of the given kind; {@link #end} it after the last field was read. */
    <D extends MessageDecoderFlyweight> D begin(D message) throws MalformedFrameException {
        int template = template();
        if (header.schemaId() != message.sbeSchemaId() || template != message.sbeTemplateId()) {
            throw new MalformedFrameException("message " + template + " of schema " + header.schemaId()
                    + " stands where message " + message.sbeTemplateId() + " belongs");
        }
        int from = at + MessageHeaderDecoder.ENCODED_LENGTH;
        int block = header.blockLength();
        if (block < message.sbeBlockLength() || from + block > view.capacity()) {
            throw new MalformedFrameException("message " + template + " has a block of " + block + " bytes");
        }
        message.wrap(view, from, block, header.version());
        return message;
    }

    void end(MessageDecoderFlyweight message) {
        at = message.limit();
    }

    int at() {
        return at;
    }

    /** The bytes from there to where reading stands. */
    byte[] bytesSince(int from) {
        byte[] bytes = new byte[at - from];
        view.getBytes(from, bytes);
        return bytes;
    }

    /** Refuses bytes after the last message. */
    void finish() throws MalformedFrameException {
        if (at != view.capacity()) {
            throw new MalformedFrameException((view.capacity() - at) + " bytes follow the last message");
        }
    }
}
