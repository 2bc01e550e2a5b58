package org.hmsach.core.internal.codec;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.hmsach.api.rule.Verdict;

/** Verdicts seen lately with their bytes in a frame: checks say the same of most orders. */
final class KnownVerdicts {
    private static final int SLOTS = 512;
    /** What stands before a verdict's texts: allowed, reason, and the head of its inputs. */
    private static final int BLOCK_BYTES = 2;

    private static final int GROUP_HEAD_BYTES = 4;
    private static final int TEXTS = 3;

    private Verdict[] verdicts = new Verdict[0];
    private byte[][] bytes = new byte[0][];

    /** Where the verdict that begins there ends; -1 when that cannot be told without reading it. */
    static int end(DirectBuffer buffer, int from) {
        int at = from + BLOCK_BYTES;
        if (at + GROUP_HEAD_BYTES > buffer.capacity() || uint16(buffer, at) != 0) {
            return -1;
        }
        int texts = TEXTS + 2 * uint16(buffer, at + Short.BYTES);
        at += GROUP_HEAD_BYTES;
        for (int i = 0; i < texts; i++) {
            if (at + Short.BYTES > buffer.capacity()) {
                return -1;
            }
            at += Short.BYTES + uint16(buffer, at);
        }
        return at <= buffer.capacity() ? at : -1;
    }

    private static int uint16(DirectBuffer buffer, int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }

    /** The verdict that has these bytes; null when it was not seen lately. */
    Verdict find(DirectBuffer buffer, int from, int end) {
        if (verdicts.length == 0) {
            return null;
        }
        int slot = slot(buffer, from, end);
        byte[] known = bytes[slot];
        return known != null && isEqual(known, buffer, from, end) ? verdicts[slot] : null;
    }

    void put(DirectBuffer buffer, int from, int end, Verdict verdict) {
        if (verdicts.length == 0) {
            verdicts = new Verdict[SLOTS];
            bytes = new byte[SLOTS][];
        }
        int slot = slot(buffer, from, end);
        byte[] copy = new byte[end - from];
        buffer.getBytes(from, copy);
        bytes[slot] = copy;
        verdicts[slot] = verdict;
    }

    private static boolean isEqual(byte[] known, DirectBuffer buffer, int from, int end) {
        if (known.length != end - from) {
            return false;
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i] != buffer.getByte(from + i)) {
                return false;
            }
        }
        return true;
    }

    private static int slot(DirectBuffer buffer, int from, int end) {
        long hash = (long) end - from;
        int at = from;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            hash = (hash ^ buffer.getLong(at, ByteOrder.LITTLE_ENDIAN)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (; at < end; at++) {
            hash = (hash ^ buffer.getByte(at)) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> 40) & (SLOTS - 1);
    }
}
