package org.hmsach.core.internal.machine;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.hmsach.api.account.Position;

/** An account's positions as readers see them: a list over pieces that never change. */
final class HeldPositions extends AbstractList<Position> implements RandomAccess {
    private final Position[][] pieces;
    /** How many positions stand before each piece, then how many there are. */
    private final int[] before;

    private HeldPositions(Position[]... pieces) {
        this.pieces = pieces;
        before = new int[pieces.length + 1];
        for (int i = 0; i < pieces.length; i++) {
            before[i + 1] = before[i] + pieces[i].length;
        }
    }

    /** A short list is copied: that takes less room. */
    static List<Position> of(Position[]... pieces) {
        return pieces.length < 2
                ? Arrays.stream(pieces).findFirst().map(List::of).orElse(List.of())
                : new HeldPositions(pieces);
    }

    @Override
    public Position get(int index) {
        if (index < 0 || index >= size()) {
            throw new IndexOutOfBoundsException(index);
        }
        int found = Arrays.binarySearch(before, 0, pieces.length, index);
        int piece = found < 0 ? -found - 2 : found;
        while (pieces[piece].length == 0) {
            // of pieces that begin at the same index only the last one holds it
            piece++;
        }
        return pieces[piece][index - before[piece]];
    }

    @Override
    public int size() {
        return before[pieces.length];
    }
}
