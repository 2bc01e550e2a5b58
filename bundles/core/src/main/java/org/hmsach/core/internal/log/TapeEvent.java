package org.hmsach.core.internal.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One event on the tape. Equal tapes have equal chains: each chain hash covers the one before it.
 */
public final class TapeEvent {
    static final int CHAIN_BYTES = 32;
    private static final int ENTRY_AT = 8;
    private static final int TIME_AT = 16;
    private static final int INDEX_AT = 24;
    private static final int VERSION_AT = 28;
    private static final int CHAIN_AT = 32;
    static final int HEADER_BYTES = CHAIN_AT + CHAIN_BYTES;
    private static final int VERSION = 1;

    private final byte[] frame;
    private final UnsafeBuffer view;

    private TapeEvent(byte[] frame) {
        this.frame = frame;
        this.view = new UnsafeBuffer(frame);
    }

    /** Copies the event out of the engine's buffer. */
    static TapeEvent copyOf(DirectBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        TapeEvent event = new TapeEvent(copy);
        if (length < HEADER_BYTES || event.view.getInt(VERSION_AT, ByteOrder.LITTLE_ENDIAN) != VERSION) {
            throw new IllegalStateException("not a tape event: " + length + " bytes");
        }
        return event;
    }

    /** Makes event {@code number} of {@code entry}; the chain is filled in from {@code chain}, which moves on. */
    static TapeEvent make(long number, EventPlace place, byte[] payload, ChainHash chain) {
        byte[] frame = new byte[HEADER_BYTES + payload.length];
        ByteBuffer.wrap(frame)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .putLong(place.entry())
                .putLong(place.timeMs())
                .putInt(place.index())
                .putInt(VERSION);
        System.arraycopy(payload, 0, frame, HEADER_BYTES, payload.length);
        chain.moveOver(frame, CHAIN_AT);
        return new TapeEvent(frame);
    }

    /** Where in the log an event was made. */
    record EventPlace(long entry, long timeMs, int index) {}

    /** Its number on the tape: gap-free, from 1. */
    public long number() {
        return view.getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    /** The entry that caused it. */
    public long entry() {
        return view.getLong(ENTRY_AT, ByteOrder.LITTLE_ENDIAN);
    }

    /** The journalled time of that entry, epoch milliseconds. */
    public long timeMs() {
        return view.getLong(TIME_AT, ByteOrder.LITTLE_ENDIAN);
    }

    /** Its place among the events of that entry, from 0. */
    public int index() {
        return view.getInt(INDEX_AT, ByteOrder.LITTLE_ENDIAN);
    }

    /** The chain hash up to and with this event, in hexadecimal. */
    public String chain() {
        return HexFormat.of().formatHex(frame, CHAIN_AT, HEADER_BYTES);
    }

    /** The machine's bytes; a view that must not be written to. */
    public DirectBuffer payload() {
        return new UnsafeBuffer(frame, HEADER_BYTES, frame.length - HEADER_BYTES);
    }

    /** Whether the chain hash is the one that follows the chain so far, which moves on. */
    boolean follows(ChainHash chain) {
        return chain.movesOver(frame, CHAIN_AT);
    }

    DirectBuffer frame() {
        return view;
    }

    boolean sameAs(TapeEvent other) {
        return view.equals(other.view);
    }

    /** Whether these are its bytes. */
    boolean isAt(DirectBuffer buffer, int offset, int length) {
        return view.equals(new UnsafeBuffer(buffer, offset, length));
    }

    /** The number of the event whose bytes these are. */
    static long numberAt(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN);
    }

    /** The entry that caused it. */
    static long entryAt(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + ENTRY_AT, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public String toString() {
        return "event " + number() + " of entry " + entry() + " chain " + chain().substring(0, 12);
    }
}
