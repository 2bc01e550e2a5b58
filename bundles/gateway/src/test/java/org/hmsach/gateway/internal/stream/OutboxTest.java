package org.hmsach.gateway.internal.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final int LIMIT = 20;
    private final HandWire wire = new HandWire(false);
    private final Outbox outbox = new Outbox(wire, LIMIT);

    @Test
    void keepsOrderAndNoMoreThanItsBound() {
        int taken = 0;
        while (outbox.add(Message.of(Integer.toString(taken)))) {
            outbox.flush();
            taken++;
        }
        int onTheWay = wire.onTheWay();
        assertEquals(LIMIT + onTheWay, taken);
        assertFalse(outbox.isCalm());
        wire.open();
        assertEquals(IntStream.range(0, taken).mapToObj(Integer::toString).toList(), wire.taken());
        assertTrue(outbox.isIdle());
    }

    @Test
    void sendsWhatWaitsWhenTheSocketTakesSomething() {
        for (int i = 0; i < LIMIT; i++) {
            outbox.add(Message.of(Integer.toString(i)));
        }
        outbox.flush();
        int onTheWay = wire.onTheWay();
        wire.takeOne();
        assertEquals(List.of("0"), wire.taken());
        assertEquals(onTheWay, wire.onTheWay());
        assertFalse(outbox.isIdle());
    }

    @Test
    void isStuckOnlyWhileSomethingWaits() {
        assertFalse(outbox.isStuck(0));
        outbox.add(Message.of("a"));
        outbox.flush();
        assertTrue(outbox.isStuck(0));
        assertFalse(outbox.isStuck(60_000));
        wire.open();
        assertFalse(outbox.isStuck(0));
    }

    @Test
    void takesNothingOnceClosed() {
        assertTrue(outbox.close());
        assertFalse(outbox.close());
        assertFalse(outbox.add(Message.of("a")));
        outbox.flush();
        assertEquals(0, wire.onTheWay());
    }
}
