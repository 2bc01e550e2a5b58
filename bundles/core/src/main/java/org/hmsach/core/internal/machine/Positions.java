package org.hmsach.core.internal.machine;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.account.Position;

/**
 * The positions of an account, sorted by symbol, in pieces of neighbours that never change once made: a change copies
 * one piece, however many positions there are, and what readers were given stays as it was.
 */
final class Positions implements Iterable<Position> {
    static final int MOST_IN_A_PIECE = 128;

    private static final Piece[] NONE = {};

    private Piece[] pieces = NONE;
    /** What readers see; made anew when something changed. */
    private Optional<List<Position>> held = Optional.empty();

    /** Neighbours by symbol. */
    private static final class Piece {
        private final Position[] all;
        /** Those of them that are not empty; the same array when that is all. */
        private final Position[] held;

        Piece(Position... all) {
            this.all = all;
            int count = 0;
            for (Position p : all) {
                count += p.qtyE8() == 0 ? 0 : 1;
            }
            held = count == all.length
                    ? all
                    : Arrays.stream(all).filter(p -> p.qtyE8() != 0).toArray(Position[]::new);
        }

        /** Where the symbol is, or -1 - where it belongs. */
        int place(String symbol) {
            int from = 0;
            int to = all.length - 1;
            while (from <= to) {
                int middle = (from + to) >>> 1;
                int order = all[middle].symbol().compareTo(symbol);
                if (order == 0) {
                    return middle;
                } else if (order < 0) {
                    from = middle + 1;
                } else {
                    to = middle - 1;
                }
            }
            return -from - 1;
        }

        Piece with(int place, Position position) {
            Position[] next = all.clone();
            next[place] = position;
            return new Piece(next);
        }

        Position[] withMore(int place, Position position) {
            Position[] next = Arrays.copyOf(all, all.length + 1);
            System.arraycopy(all, place, next, place + 1, all.length - place);
            next[place] = position;
            return next;
        }
    }

    Optional<Position> find(String symbol) {
        if (pieces.length == 0) {
            return Optional.empty();
        }
        Piece piece = pieces[pieceOf(symbol)];
        int place = piece.place(symbol);
        return place < 0 ? Optional.empty() : Optional.of(piece.all[place]);
    }

    void put(Position position) {
        held = Optional.empty();
        if (pieces.length == 0) {
            pieces = new Piece[] {new Piece(position)};
            return;
        }
        int at = pieceOf(position.symbol());
        Piece piece = pieces[at];
        int place = piece.place(position.symbol());
        if (place >= 0) {
            pieces[at] = piece.with(place, position);
        } else {
            replace(at, piece.withMore(-place - 1, position));
        }
    }

    /** Puts a piece that has grown where it was, as two where it has grown too large. */
    private void replace(int at, Position... grown) {
        if (grown.length <= MOST_IN_A_PIECE) {
            pieces[at] = new Piece(grown);
            return;
        }
        int half = grown.length / 2;
        Piece[] more = Arrays.copyOf(pieces, pieces.length + 1);
        System.arraycopy(pieces, at + 1, more, at + 2, pieces.length - at - 1);
        more[at] = new Piece(Arrays.copyOf(grown, half));
        more[at + 1] = new Piece(Arrays.copyOfRange(grown, half, grown.length));
        pieces = more;
    }

    /** The last piece that does not begin behind the symbol. */
    private int pieceOf(String symbol) {
        int from = 0;
        int to = pieces.length - 1;
        while (from < to) {
            int middle = (from + to + 1) >>> 1;
            if (pieces[middle].all[0].symbol().compareTo(symbol) <= 0) {
                from = middle;
            } else {
                to = middle - 1;
            }
        }
        return from;
    }

    /** Those that are not empty; never changes. */
    List<Position> held() {
        if (held.isEmpty()) {
            held = Optional.of(HeldPositions.of(
                    Arrays.stream(pieces).map(piece -> piece.held).toArray(Position[][]::new)));
        }
        return held.get();
    }

    @Override
    public Iterator<Position> iterator() {
        return Arrays.stream(pieces).flatMap(piece -> Arrays.stream(piece.all)).iterator();
    }
}
