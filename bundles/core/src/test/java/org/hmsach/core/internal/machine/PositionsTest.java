package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.hmsach.api.account.Position;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private final Positions positions = new Positions();
    private final TreeMap<String, Position> twin = new TreeMap<>();

    private void put(int number, long qtyE8) {
        Position position = new Position("S" + number, qtyE8, qtyE8, 0, 7, number);
        positions.put(position);
        twin.put(position.symbol(), position);
    }

    private List<Position> held() {
        return twin.values().stream().filter(p -> p.qtyE8() != 0).toList();
    }

    @Test
    void isTheSameAsASortedMapWhateverComes() {
        Random random = new Random(20_260_105);
        for (int step = 0; step < 20_000; step++) {
            put(random.nextInt(3_000), random.nextInt(4));
            if (step % 997 == 0) {
                assertEquals(held(), positions.held());
                assertEquals(List.copyOf(positions.held()), positions.held(), "by index and by walking");
            }
        }
        List<Position> all = new ArrayList<>();
        positions.forEach(all::add);
        assertEquals(List.copyOf(twin.values()), all);
        twin.forEach((symbol, position) -> assertEquals(Optional.of(position), positions.find(symbol)));
        assertEquals(Optional.empty(), positions.find("R"));
        assertEquals(Optional.empty(), positions.find("S1x"));
        assertEquals(Optional.empty(), positions.find("T"));
    }

    @Test
    void readersKeepWhatTheyWereGiven() {
        for (int i = 0; i < 1_000; i++) {
            put(i, 1);
        }
        List<Position> before = positions.held();
        List<Position> copy = held();
        for (int i = 0; i < 1_000; i += 3) {
            put(i, i % 2);
        }
        assertEquals(copy, before);
        assertEquals(held(), positions.held());
        assertThrows(UnsupportedOperationException.class, () -> before.set(0, before.get(1)));
    }

    @Test
    void whatIsWhollyEmptyIsNotShown() {
        for (int i = 0; i < 1_000; i++) {
            put(i, 1);
        }
        for (int i = 0; i < 1_000; i++) {
            put(i, i == 500 || i == 999 ? 2 : 0);
        }
        assertEquals(held(), positions.held());
        assertEquals(2, positions.held().size());
        assertThrows(IndexOutOfBoundsException.class, () -> positions.held().get(2));
    }

    @Test
    void beginsWithNone() {
        assertEquals(List.of(), positions.held());
        assertEquals(Optional.empty(), positions.find("ACME"));
    }
}
