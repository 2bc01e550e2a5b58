package org.hmsach.core.internal.codec;

import org.agrona.DirectBuffer;

/** Short ASCII texts seen lately: the words of a small vocabulary become one string each, not one a frame. */
final class KnownTexts {
    private static final int SLOTS = 256;
    private static final int LONGEST = 32;

    private String[] slots = new String[0];

    static boolean mayKeep(int length) {
        return length <= LONGEST;
    }

    String at(DirectBuffer buffer, int from, int length) {
        if (length == 0) {
            return "";
        }
        if (slots.length == 0) {
            slots = new String[SLOTS];
        }
        int slot = hash(buffer, from, length) & (SLOTS - 1);
        String known = slots[slot];
        if (known == null || !isEqual(known, buffer, from, length)) {
            known = read(buffer, from, length);
            slots[slot] = known;
        }
        return known;
    }

    private static String read(DirectBuffer buffer, int from, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(from, bytes, 0, length);
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static int hash(DirectBuffer buffer, int from, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + buffer.getByte(from + i);
        }
        return hash ^ hash >>> 15;
    }

    /** Never for bytes beyond ASCII: a character is not a byte there. */
    private static boolean isEqual(String text, DirectBuffer buffer, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != buffer.getByte(from + i)) {
                return false;
            }
        }
        return true;
    }
}
