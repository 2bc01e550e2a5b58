package org.hmsach.core.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.junit.jupiter.api.Test;

class CodecRoundTripTest {
    private static final int ROUNDS = 200;

    private final CommandCodec commands = new CommandCodec();
    private final EventCodec events = new EventCodec();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    /** Keeps what the codec said. */
    private static final class Last implements CommandCodec.Reader {
        private Optional<Decoded> decoded = Optional.empty();
        private Optional<Refused> refused = Optional.empty();
        private int calls;

        @Override
        public void command(Decoded d) {
            decoded = Optional.of(d);
            calls++;
        }

        @Override
        public void refused(Refused r) {
            refused = Optional.of(r);
            calls++;
        }
    }

    private Last decode(byte[] bytes) {
        Last last = new Last();
        commands.decode(new UnsafeBuffer(bytes), 0, bytes.length, last);
        return last;
    }

    private byte[] encode(Command command, Origin origin) {
        int length = commands.encode(command, origin, buffer);
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    private static Map<String, Class<?>> kinds(Class<?> family, Class<?> type) {
        Map<String, Class<?>> kinds = new TreeMap<>();
        Arrays.stream(family.getDeclaredClasses())
                .filter(c -> c.isRecord() && type.isAssignableFrom(c))
                .forEach(c -> kinds.put(c.getSimpleName(), c));
        return kinds;
    }

    @Test
    void everyCommandComesBackAsItWas() {
        Map<String, Class<?>> kinds = kinds(Commands.class, Command.class);
        kinds.put("Genesis", Genesis.class);
        assertTrue(kinds.size() >= 29, kinds.keySet().toString());
        for (Class<?> kind : kinds.values()) {
            RandomRecords random = new RandomRecords(kind.getSimpleName().hashCode());
            for (int i = 0; i < ROUNDS; i++) {
                Command command = (Command) random.make(kind);
                Origin origin = random.make(Origin.class);
                Last last = decode(encode(command, origin));
                assertEquals(Optional.empty(), last.refused, () -> "of " + command);
                assertEquals(command, last.decoded.get().command());
                assertEquals(origin, last.decoded.get().origin());
            }
        }
    }

    @Test
    void everyEventComesBackAsItWas() {
        Map<String, Class<?>> kinds = kinds(Events.class, TapeEvent.class);
        assertTrue(kinds.size() >= 22, kinds.keySet().toString());
        for (Class<?> kind : kinds.values()) {
            RandomRecords random = new RandomRecords(kind.getSimpleName().hashCode());
            for (int i = 0; i < ROUNDS; i++) {
                TapeEvent event = (TapeEvent) random.make(kind);
                EventHeader h = event.header();
                int length = events.encode(event, buffer);
                EventPlace place = new EventPlace(h.number(), h.entry(), h.index(), h.timeMs());
                assertEquals(event, events.decode(buffer, 0, length, place));
            }
        }
    }

    @Test
    void everySnapshotRowComesBackAsItWas() {
        SnapshotCodec codec = new SnapshotCodec();
        Map<String, Class<?>> kinds = kinds(Rows.class, Row.class);
        kinds.remove("Setting");
        for (Class<?> kind : kinds.values()) {
            RandomRecords random = new RandomRecords(kind.getSimpleName().hashCode());
            for (int i = 0; i < ROUNDS; i++) {
                Row row = (Row) random.make(kind);
                assertEquals(row, codec.decode(buffer, 0, codec.encode(row, buffer)));
            }
        }
    }

    @Test
    void damagedBytesAreRefusedAndNeverThrown() {
        Random random = new Random(7);
        Object[] kinds = kinds(Commands.class, Command.class).values().toArray();
        RandomRecords records = new RandomRecords(7);
        for (int i = 0; i < 20_000; i++) {
            Class<?> kind = (Class<?>) kinds[random.nextInt(kinds.length)];
            byte[] bytes = encode((Command) records.make(kind), Origin.ofModule("test"));
            byte[] damaged = random.nextBoolean() ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
            for (int n = random.nextInt(4); n > 0 && damaged.length > 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            assertEquals(1, decode(damaged).calls);
        }
    }

    @Test
    void randomBytesAreRefused() {
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertEquals(Reason.INVALID, decode(bytes).refused.get().reason());
        }
    }

    @Test
    void bytesAfterTheCommandAreRefused() {
        byte[] bytes = encode(new Commands.RevokeKey("k"), Origin.ofModule("test"));
        assertEquals(
                Reason.INVALID,
                decode(Arrays.copyOf(bytes, bytes.length + 1)).refused.get().reason());
    }

    @Test
    void aMessageOfANewerVersionIsUnsupported() {
        byte[] bytes = encode(new Commands.RevokeKey("k"), Origin.ofModule("test"));
        Last last = decode(bytes);
        new UnsafeBuffer(bytes).putShort(last.decoded.get().bodyFrom() + 2, (short) 999);
        assertEquals(Reason.UNSUPPORTED, decode(bytes).refused.get().reason());
    }

    @Test
    void aStrangersCommandIsNotEncoded() {
        assertThrows(IllegalArgumentException.class, () -> encode(new Command() {}, Origin.ofModule("test")));
    }

    @Test
    void aTextThatIsTooLongIsNotEncoded() {
        assertThrows(
                IllegalArgumentException.class,
                () -> encode(new Commands.RevokeKey("k".repeat(70_000)), Origin.ofModule("test")));
    }
}
