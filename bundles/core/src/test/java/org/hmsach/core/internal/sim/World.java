package org.hmsach.core.internal.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Origin;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.log.Applied;
import org.hmsach.core.internal.log.Condition;
import org.hmsach.core.internal.log.SimulatedLog;
import org.hmsach.core.internal.log.TapeEvent;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.MachineView;

/** The core in its surroundings: door, log, machine and tape, each entry held against the twin and the audit. */
final class World {
    private static final int LOOK_AT_ALL_EVERY = 64;
    private static final int STORY_LINES = 40;

    /** An entry as it was applied first, and what was answered. */
    record Line(long timeMs, byte[] bytes, Answer answer) {}

    /** Which command of which process. */
    private record Sender(long client, long sequence) {}

    private final Setting setting;
    final SimulatedLog<Answer> log;
    final Twin twin = new Twin();
    final Audit audit = new Audit();
    final List<Line> history = new ArrayList<>();
    private final Comparison comparison = new Comparison(twin);
    private final CommandCodec codec = new CommandCodec();
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1_024);
    private final Map<Sender, Sent> sent = new HashMap<>();
    private final Map<Sender, byte[]> sentBytes = new HashMap<>();
    private final Set<Sender> taken = new HashSet<>();
    private final Map<Long, Ticket> acknowledged = new HashMap<>();
    private final List<Ticket> waiting = new ArrayList<>();
    // told only when a seed fails
    private final Deque<Supplier<String>> story = new ArrayDeque<>();
    private final MessageDigest trace = sha256();
    private MachineView machine;
    private long hashedEntry = -1;
    private String hash = "";
    long nowMs = 1_700_000_000_000L;

    World(Setting setting) {
        this.setting = setting;
        this.log = new SimulatedLog<>(setting.disk());
        start();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the running process shows; immutable values only. */
    MachineView machine() {
        return machine;
    }

    /** Entry of the venue's last opening, 0 before the first. */
    long lastOpening(String venue) {
        TwinRules.Venue v = twin.books.rules.venues.get(venue);
        return v == null ? 0 : v.incarnation;
    }

    void note(String line) {
        trace.update(line.getBytes(StandardCharsets.UTF_8));
        tell(() -> line);
    }

    private void tell(Supplier<String> line) {
        story.add(line);
        if (story.size() > STORY_LINES) {
            story.remove();
        }
    }

    String story() {
        return story.stream().map(Supplier::get).collect(Collectors.joining("\n"));
    }

    /** Hash over everything that happened, to prove that a seed gives the same run. */
    String traceHash() {
        trace.update(audit.digest());
        trace.update(machine.stateSha256().getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(trace.digest());
    }

    // ---- the door ---------------------------------------------------------------------------------------------

    Ticket submit(Command command, Origin origin) {
        int length = codec.encode(command, origin, buffer);
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return put(bytes, new Sent(Optional.of(command), origin, length));
    }

    byte[] encoded(Command command, Origin origin) {
        byte[] bytes = new byte[codec.encode(command, origin, buffer)];
        buffer.getBytes(0, bytes);
        return bytes;
    }

    Ticket put(byte[] bytes, Sent what) {
        Sender sender = new Sender(log.client(), log.nextSequence());
        sent.put(sender, what);
        sentBytes.put(sender, bytes);
        Ticket ticket = new Ticket(what.command().orElse(new Command() {}), log.submit(bytes));
        waiting.add(ticket);
        return ticket;
    }

    // ---- the log and its faults -------------------------------------------------------------------------------

    /** Everything that is under way arrives. */
    void settle() {
        log.send(Integer.MAX_VALUE, nowMs);
        log.append(Integer.MAX_VALUE, nowMs);
        force(Integer.MAX_VALUE);
    }

    void force(int most) {
        log.force(most);
        afterwards();
    }

    /** The process dies and comes back. */
    void crash(int keptMessages, int keptEvents) {
        hashedEntry = machine.entry();
        hash = machine.stateSha256();
        note("crash at entry " + hashedEntry + ", kept " + keptMessages + " messages and " + keptEvents + " events");
        log.crash(keptMessages, keptEvents);
        waiting.forEach(Ticket::lose);
        waiting.clear();
        start();
    }

    private void start() {
        Setting.Tested tested = setting.machines().get();
        machine = tested.view();
        log.start(new Watched(tested.machine(), this::applied));
        requireOpen();
        Comparison.same("applied before the crash and there after it", (long) history.size(), machine.entry());
        if (machine.entry() == hashedEntry) {
            Comparison.same("state hash after the restart", hash, machine.stateSha256());
        }
        afterwards();
        if (!audit.events.isEmpty()) {
            TapeEvent last = log.eventsFrom(log.lastEvent()).get(0);
            Comparison.same("chain after the restart", audit.chainAt(last.number()), last.chain());
        }
        lookAtAll();
    }

    private void afterwards() {
        requireOpen();
        for (TapeEvent event : log.eventsFrom(audit.events.size() + 1L)) {
            audit.take(event, log.frame(event));
        }
        waiting.removeIf(this::isAcknowledged);
    }

    private void requireOpen() {
        Condition condition = log.condition();
        if (!condition.isOpen()) {
            throw new AssertionError("the core stopped: " + condition.detail());
        }
    }

    private boolean isAcknowledged(Ticket ticket) {
        Optional<Applied<Answer>> done = ticket.acknowledged();
        done.ifPresent(a -> {
            if (acknowledged.put(a.entry(), ticket) != null) {
                throw new AssertionError("entry " + a.entry() + " was acknowledged to two senders");
            }
            Comparison.same(
                    "acknowledged answer", history.get((int) a.entry() - 1).answer(), a.answer());
        });
        return done.isPresent();
    }

    // ---- each entry -------------------------------------------------------------------------------------------

    private void applied(Entry entry, Answer answer) {
        byte[] bytes = new byte[entry.length()];
        entry.buffer().getBytes(entry.offset(), bytes);
        if (entry.number() <= history.size()) {
            Line first = history.get((int) entry.number() - 1);
            Comparison.same("time of a replayed entry", first.timeMs(), entry.timeMs());
            Comparison.same("bytes of a replayed entry are the first's", true, Arrays.equals(first.bytes(), bytes));
            Comparison.same("answer of a replayed entry", first.answer(), answer);
            if (entry.number() == hashedEntry) {
                Comparison.same("state hash replayed to where the process died", hash, machine.stateSha256());
            }
            return;
        }
        Comparison.same("number of the entry", history.size() + 1L, entry.number());
        SimulatedLog.Message message = log.applying().orElseThrow();
        Sender sender = new Sender(message.client(), message.sequence());
        Comparison.same("the command's first time in the log", true, taken.add(sender));
        Comparison.same("what was sent is what is applied", true, Arrays.equals(sentBytes.get(sender), bytes));
        Sent what = sent.get(sender);
        history.add(new Line(entry.timeMs(), bytes, answer));
        trace.update(bytes);
        trace.update((byte) (answer.refusal().isPresent() ? 1 : answer.duplicate() ? 2 : 0));
        tell(() -> entry.number() + " " + what + " -> " + answer);
        comparison.answers(answer, twin.apply(entry.number(), entry.timeMs(), what));
        comparison.touched(machine);
        if (entry.number() % LOOK_AT_ALL_EVERY == 0) {
            comparison.everything(machine);
        }
    }

    /** Machine, twin and tape in full. */
    void lookAtAll() {
        comparison.everything(machine);
        audit.balances(machine, twin);
    }

    /** The whole log once more, into a machine that knows nothing: the same state, and a tape of the same bytes. */
    void replayAll() {
        Setting.Tested second = setting.machines().get();
        List<byte[]> frames = log.replayed(second.machine());
        Comparison.same(
                "state after a full replay",
                machine.stateSha256(),
                second.view().stateSha256());
        List<byte[]> first = log.tape();
        Comparison.same("events of a full replay", first.size(), frames.size());
        for (int i = 0; i < frames.size(); i++) {
            if (!Arrays.equals(first.get(i), frames.get(i))) {
                throw new AssertionError("event " + (i + 1) + " differs in a full replay");
            }
        }
    }
}
