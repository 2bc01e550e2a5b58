package org.hmsach.core.internal.codec;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.rule.Verdict;

/** An unmodifiable list of verdicts, decoded by the first who looks into it. Thread-safe. */
final class LaterVerdicts extends AbstractList<Verdict> implements RandomAccess {
    private final byte[] part;
    private volatile List<Verdict> read;

    /** @param part the encoded verdicts with their message header, whole */
    LaterVerdicts(byte[] part) {
        this.part = part;
    }

    @Override
    public Verdict get(int index) {
        return read().get(index);
    }

    @Override
    public int size() {
        return read().size();
    }

    private List<Verdict> read() {
        List<Verdict> known = read;
        if (known == null) {
            known = decoded();
            read = known;
        }
        return known;
    }

    private List<Verdict> decoded() {
        In in = new In();
        in.start(new UnsafeBuffer(part), 0, part.length);
        try {
            return List.copyOf(RuleParts.readVerdicts(in));
        } catch (MalformedFrameException e) {
            throw new IllegalStateException("the verdicts on the tape cannot be read", e);
        }
    }
}
