package org.hmsach.launcher;

import java.util.ArrayList;
import java.util.List;

/** A vendor's code that takes all the memory there is. */
public final class Hungry {
    private Hungry() {}

    /** Takes it. */
    public static void main(String[] args) {
        List<byte[]> kept = new ArrayList<>();
        while (kept.size() < Integer.MAX_VALUE) {
            kept.add(new byte[1 << 20]);
        }
    }
}
