package org.hmsach.core.internal.codec;

import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.sbe.VerdictsPartEncoder;

/** Bytes of verdicts written lately: the machine's own, and those that were read as the same, are the same objects. */
final class WrittenVerdicts {
    private static final int SLOTS = 256;

    // the very objects, not their like
    private final Object[] verdicts = new Object[SLOTS];
    private final byte[][] bytes = new byte[SLOTS][];

    /** Writes the verdict as the next of its group when its bytes are known. */
    boolean copy(Verdict verdict, VerdictsPartEncoder to) {
        int slot = slot(verdict);
        if (verdicts[slot] != verdict) {
            return false;
        }
        byte[] known = bytes[slot];
        int at = to.limit();
        to.limit(at + known.length);
        to.buffer().putBytes(at, known);
        return true;
    }

    /** The verdict was just written from there on. */
    void put(Verdict verdict, VerdictsPartEncoder to, int from) {
        byte[] written = new byte[to.limit() - from];
        to.buffer().getBytes(from, written);
        int slot = slot(verdict);
        bytes[slot] = written;
        verdicts[slot] = verdict;
    }

    private static int slot(Verdict verdict) {
        return System.identityHashCode(verdict) & (SLOTS - 1);
    }
}
