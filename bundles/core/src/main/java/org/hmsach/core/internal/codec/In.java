package org.hmsach.core.internal.codec;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.agrona.sbe.MessageFlyweight;
import org.hmsach.core.internal.sbe.MessageHeaderDecoder;

/** Reads a frame: one message after the other, never past its end. */
final class In {
    private static final DirectBuffer NOTHING = new UnsafeBuffer(new byte[0]);

    private final UnsafeBuffer view = new UnsafeBuffer(NOTHING);
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final KnownTexts texts = new KnownTexts();
    private final KnownVerdicts verdicts = new KnownVerdicts();
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

    /** The text at which the message stands, for words that come again and again: those seen lately are kept. */
    String known(MessageFlyweight message) {
        int from = message.limit();
        int length = view.getShort(from, ByteOrder.LITTLE_ENDIAN) & 0xffff;
        message.limit(from + Short.BYTES + length);
        if (KnownTexts.mayKeep(length) && from + Short.BYTES + length <= view.capacity()) {
            return texts.at(view, from + Short.BYTES, length);
        }
        byte[] bytes = new byte[length];
        view.getBytes(from + Short.BYTES, bytes, 0, length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Verdicts seen lately, by their bytes in the frame. */
    KnownVerdicts verdicts() {
        return verdicts;
    }

    DirectBuffer view() {
        return view;
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
