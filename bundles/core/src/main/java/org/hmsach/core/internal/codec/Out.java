package org.hmsach.core.internal.codec;

import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.hmsach.core.internal.sbe.MessageHeaderEncoder;

/** Writes a frame: one message after the other. */
final class Out {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final WrittenVerdicts verdicts = new WrittenVerdicts();
    private MutableDirectBuffer buffer;
    private int at;

    void start(MutableDirectBuffer into) {
        buffer = into;
        at = 0;
    }

    /** Begins the next message; {@link #end} it before the one after. */
    <E extends MessageEncoderFlyweight> E begin(E message) {
        header.wrap(buffer, at)
                .blockLength(message.sbeBlockLength())
                .templateId(message.sbeTemplateId())
                .schemaId(message.sbeSchemaId())
                .version(message.sbeSchemaVersion());
        message.wrap(buffer, at + MessageHeaderEncoder.ENCODED_LENGTH);
        return message;
    }

    void end(MessageEncoderFlyweight message) {
        at = message.limit();
    }

    /** Verdicts written lately. */
    WrittenVerdicts verdicts() {
        return verdicts;
    }

    int length() {
        return at;
    }
}
