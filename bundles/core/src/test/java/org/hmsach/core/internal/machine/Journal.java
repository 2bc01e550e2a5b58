package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Origin;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.codec.EventPlace;
import org.hmsach.core.internal.codec.Genesis;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.SnapshotSource;

/** A machine with the journal that it was fed and the tape that it wrote. */
final class Journal {
    static final long CLUSTER = 77;
    static final long START_MS = 1_700_000_000_000L;

    /** One entry as it stands in the log. */
    record Line(long timeMs, byte[] bytes) {}

    private final CommandCodec commands = new CommandCodec();
    private final EventCodec events = new EventCodec();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageDigest chainDigest = sha256();
    private byte[] chain = new byte[32];
    private Machine machine = new Machine();
    final List<Line> lines = new ArrayList<>();
    final List<TapeEvent> tape = new ArrayList<>();
    long nowMs = START_MS;
    final Map<String, Long> incarnations = new HashMap<>();
    private long eventNumber;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A journal whose cluster has its name. */
    static Journal named() {
        Journal journal = new Journal();
        journal.accepted(new Genesis(CLUSTER, Machine.NEWEST_VERSION));
        journal.tape.clear();
        return journal;
    }

    Machine machine() {
        return machine;
    }

    Answer send(Command command, Origin origin) {
        nowMs++;
        int length = commands.encode(command, origin, buffer);
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return append(new Line(nowMs, bytes));
    }

    Answer send(Command command) {
        return send(command, Origin.ofModule("test"));
    }

    Answer as(UUID principal, Command command) {
        return send(command, new Origin(principal, "gateway", "r-1", Optional.empty()));
    }

    Answer withKey(UUID principal, String key, Command command) {
        return send(command, new Origin(principal, "gateway", "r-1", Optional.of(key)));
    }

    Answer append(Line line) {
        lines.add(line);
        int[] index = {0};
        Entry entry =
                new Entry(machine.entry() + 1, line.timeMs(), new UnsafeBuffer(line.bytes()), 0, line.bytes().length);
        return machine.apply(entry, (b, offset, length) -> {
            byte[] event = new byte[length];
            b.getBytes(offset, event);
            chainDigest.update(chain);
            chain = chainDigest.digest(event);
            EventPlace place = new EventPlace(++eventNumber, entry.number(), index[0]++, machine.timeMs());
            TapeEvent decoded = events.decode(b, offset, length, place);
            if (decoded instanceof Events.VenueOpened v) {
                incarnations.put(v.venue(), entry.number());
            }
            tape.add(decoded);
        });
    }

    /** Sends a command that must be accepted, and gives its subject; what it said on the tape is forgotten. */
    UUID accepted(Command command) {
        Answer answer = send(command);
        assertEquals(Optional.empty(), answer.refusal(), () -> "refused: " + command);
        tape.clear();
        return answer.subject().orElse(Origin.NOBODY);
    }

    void refused(Reason reason, Command command) {
        refused(reason, send(command));
    }

    void refused(Reason reason, Answer answer) {
        assertEquals(Optional.of(reason), answer.refusal().map(r -> r.reason()), answer.toString());
    }

    /** Everything that happened since the last question, exactly. */
    void then(Names names, String... expected) {
        Telling telling = new Telling(names);
        tape.forEach(e -> e.deliver(telling));
        tape.clear();
        assertEquals(String.join("\n", expected), String.join("\n", telling.told));
    }

    long events() {
        return eventNumber;
    }

    /** What kinds of events were told, finer where an event has kinds of its own. */
    Map<String, Integer> kinds() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (TapeEvent e : tape) {
            String kind = e.getClass().getSimpleName();
            if (e instanceof Events.OrderEvent o) {
                kind = o.kind().name();
            } else if (e instanceof Events.Posted p) {
                kind = p.kind().name();
            }
            kinds.merge(kind, 1, Integer::sum);
        }
        return kinds;
    }

    String chainHex() {
        return HexFormat.of().formatHex(chain);
    }

    /** The same entries into a new machine give the same state and the same tape. */
    static Journal replay(List<Line> lines) {
        Journal other = new Journal();
        lines.forEach(other::append);
        return other;
    }

    void assertReplaysEqually() {
        Journal other = replay(lines);
        assertEquals(machine.stateSha256(), other.machine.stateSha256());
        assertEquals(chainHex(), other.chainHex());
    }

    /** Goes on with a machine restored from a snapshot of this one, which must give the same snapshot again. */
    void restart() {
        List<byte[]> rows = snapshot(machine);
        Machine restored = new Machine();
        restored.loadSnapshot(source(rows));
        List<byte[]> again = snapshot(restored);
        assertEquals(rows.size(), again.size());
        for (int i = 0; i < rows.size(); i++) {
            assertTrue(Arrays.equals(rows.get(i), again.get(i)), "row " + i + " differs");
        }
        assertEquals(machine.stateSha256(), restored.stateSha256());
        assertEquals(machine.accounts(), restored.accounts());
        assertEquals(machine.orders(), restored.orders());
        assertEquals(machine.ruleBook(), restored.ruleBook());
        machine = restored;
    }

    static List<byte[]> snapshot(Machine machine) {
        List<byte[]> rows = new ArrayList<>();
        machine.takeSnapshot((b, offset, length) -> {
            byte[] row = new byte[length];
            b.getBytes(offset, row);
            rows.add(row);
        });
        return rows;
    }

    private static SnapshotSource source(List<byte[]> rows) {
        return sink -> rows.forEach(row -> sink.write(new UnsafeBuffer(row), 0, row.length));
    }
}
