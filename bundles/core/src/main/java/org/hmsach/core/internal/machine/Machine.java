package org.hmsach.core.internal.machine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.agrona.ExpandableArrayBuffer;
import org.hmsach.api.account.Account;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.identity.Role;
import org.hmsach.api.order.Order;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.Verdict;
import org.hmsach.api.tape.Events;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.core.internal.codec.CommandCodec;
import org.hmsach.core.internal.codec.Decoded;
import org.hmsach.core.internal.codec.Rows;
import org.hmsach.core.internal.codec.SnapshotCodec;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.EventSink;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.SnapshotSource;
import org.hmsach.core.internal.entry.StateMachine;

/**
 * The machine: entries in, events and one answer out. Single writer, deterministic, no I/O. What a caller can send
 * wrongly is a refusal; an exception means a broken invariant.
 */
public final class Machine implements StateMachine<Answer>, MachineView {
    /**
     * The newest version that this code knows. 1: the first. 2: a sale sees what its account buys in the same trade
     * when it takes its share of the position's cost.
     */
    public static final int NEWEST_VERSION = 2;

    /** Longest command; an event made of one stays below the tape's bound. */
    static final int MAX_COMMAND_BYTES = 60_000;
    /** Longest order or replacement, with all its verdicts. */
    static final int MAX_ORDER_BYTES = 32 * 1024;

    private final State state = new State();
    private final Desks desks = new Desks(state);
    private final Snapshots snapshots = new Snapshots(state);
    private final CommandCodec commands = new CommandCodec();
    private final SnapshotCodec rows = new SnapshotCodec();
    private Optional<MachineView.Touched> touched = Optional.empty();

    @Override
    public Answer apply(Entry entry, EventSink out) {
        state.time.moveTo(entry.number(), entry.timeMs());
        state.changes.clear();
        touched = Optional.empty();
        state.emitter.begin(out);
        Inbox inbox = new Inbox();
        if (entry.length() > MAX_COMMAND_BYTES) {
            inbox.refused(tooLong(entry, MAX_COMMAND_BYTES));
        } else {
            commands.decode(entry.buffer(), entry.offset(), entry.length(), inbox);
        }
        Answer answer = inbox.decoded.map(d -> answer(entry, d)).orElseGet(() -> Answer.refused(inbox.refusal.get()));
        if (answer.refusal().isPresent() && answer.subject().isEmpty()) {
            state.emitter.emit(new Events.CommandRefused(
                    state.emitter.header(),
                    inbox.decoded
                            .map(d -> d.command().getClass().getSimpleName())
                            .orElse("unknown"),
                    inbox.decoded.flatMap(d -> Desks.cause(d.command())),
                    answer.refusal().get()));
        }
        state.changes.accounts().forEach(AccountState::check);
        return answer;
    }

    private static Refused tooLong(Entry entry, int maxBytes) {
        return Refused.of(
                Reason.INVALID,
                "command",
                "the command has " + entry.length() + " bytes, " + maxBytes + " are allowed",
                Integer.toString(entry.length()),
                Integer.toString(maxBytes));
    }

    private Answer answer(Entry entry, Decoded decoded) {
        state.emitter.origin(decoded.origin());
        Command command = decoded.command();
        boolean order = command instanceof Commands.PlaceOrder || command instanceof Commands.ReplaceOrder;
        if (order && entry.length() > MAX_ORDER_BYTES) {
            return Answer.refused(tooLong(entry, MAX_ORDER_BYTES));
        }
        Optional<Cause> cause = Desks.cause(command);
        if (cause.isPresent()) {
            Optional<Answer> stopped = taken(cause.get());
            if (stopped.isPresent()) {
                return stopped.get();
            }
        }
        Optional<String> key = order ? Optional.empty() : decoded.origin().idempotencyKey();
        if (key.isPresent()) {
            return answerOnce(entry, decoded, key.get());
        }
        Answer answer = desks.handle(command);
        accepted(cause, answer);
        return answer;
    }

    private Optional<Answer> taken(Cause cause) {
        if (cause.entry() >= state.time.entry()) {
            return Optional.of(Shapes.invalid("cause", "cause " + cause.entry() + " lies in the future"));
        }
        if (state.modules.isTaken(cause)) {
            return Optional.of(Answer.refused(Refused.of(
                    Reason.ALREADY_DONE,
                    "cause",
                    cause.module() + " has already answered to " + cause.entry() + ", " + cause.index())));
        }
        return Optional.empty();
    }

    private void accepted(Optional<Cause> cause, Answer answer) {
        if (cause.isPresent() && answer.refusal().isEmpty() && !answer.duplicate()) {
            state.modules.take(cause.get());
        }
    }

    private Answer answerOnce(Entry entry, Decoded decoded, String key) {
        long hash = bodyHash(entry, decoded.bodyFrom());
        UUID principal = decoded.origin().principal();
        Optional<Rows.Key> seen = state.keys.find(principal, key);
        if (seen.isPresent() && seen.get().bodyHash() != hash) {
            return Answer.refused(Refused.of(
                    Reason.ID_REUSED, "idempotency_key", "the idempotency key was used for another request"));
        }
        if (seen.isPresent()) {
            return new Answer(seen.get().subject(), true, Optional.empty());
        }
        Answer answer = desks.handle(decoded.command());
        accepted(Desks.cause(decoded.command()), answer);
        if (answer.refusal().isEmpty()) {
            state.keys.put(new Rows.Key(principal, key, hash, answer.subject(), state.time.dayNumber()));
        }
        return answer;
    }

    private static long bodyHash(Entry entry, int bodyFrom) {
        byte[] body = new byte[entry.length() - bodyFrom];
        entry.buffer().getBytes(entry.offset() + bodyFrom, body);
        byte[] hash = sha256().digest(body);
        return ByteBuffer.wrap(hash).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void takeSnapshot(SnapshotSink sink) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(4096);
        snapshots.save(row -> sink.write(buffer, 0, rows.encode(row, buffer)));
    }

    @Override
    public void loadSnapshot(SnapshotSource source) {
        source.readAll((buffer, offset, length) -> snapshots.load(rows.decode(buffer, offset, length)));
        state.rules.changed();
        state.accounts.all().forEach(AccountState::check);
        sums().stream().filter(s -> s.sum() != 0).findFirst().ifPresent(s -> {
            throw new IllegalStateException("the snapshot's ledger is " + s.sum() + " off in " + s.asset());
        });
    }

    @Override
    public long stateHash() {
        return ByteBuffer.wrap(stateDigest()).getLong();
    }

    @Override
    public String stateSha256() {
        return HexFormat.of().formatHex(stateDigest());
    }

    private byte[] stateDigest() {
        MessageDigest digest = sha256();
        takeSnapshot((buffer, offset, length) -> {
            byte[] row = new byte[length];
            buffer.getBytes(offset, row);
            digest.update((length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(row);
        });
        return digest.digest();
    }

    @Override
    public long clusterId() {
        return state.clusterId;
    }

    @Override
    public int machineVersion() {
        return state.version;
    }

    @Override
    public long entry() {
        return state.time.entry();
    }

    @Override
    public long timeMs() {
        return state.time.timeMs();
    }

    @Override
    public Optional<LocalDate> businessDate() {
        return state.time.date();
    }

    @Override
    public boolean sessionOpen() {
        return state.time.sessionOpen();
    }

    @Override
    public Map<String, Long> bookmarks() {
        return state.modules.bookmarks();
    }

    @Override
    public Optional<Account> account(UUID id) {
        return state.accounts.find(id).map(this::view);
    }

    @Override
    public List<Account> accounts() {
        return state.accounts.all().stream().map(this::view).toList();
    }

    private Account view(AccountState a) {
        return a.view(state.rules.isBlocked(a.id));
    }

    @Override
    public Optional<Order> order(UUID id) {
        return state.orders.find(id).map(OrderEntry::view);
    }

    @Override
    public List<Order> orders() {
        return state.orders.all().stream().map(OrderEntry::view).toList();
    }

    @Override
    public Optional<Transfer> transfer(UUID id) {
        return state.transfers.find(id);
    }

    @Override
    public List<Transfer> transfers() {
        return state.transfers.all();
    }

    @Override
    public Map<UUID, Role> access(UUID account) {
        return state.rules.access.to(account);
    }

    @Override
    public RuleBook ruleBook() {
        return state.rules.book();
    }

    @Override
    public Map<LocalDate, Integer> openObligations() {
        return state.obligations.countByDate();
    }

    @Override
    public MachineView.Touched touched() {
        if (touched.isEmpty()) {
            touched = Optional.of(state.changes.touched());
        }
        return touched.get();
    }

    @Override
    public List<Verdict> evaluate(Commands.PlaceOrder order) {
        return desks.evaluate(order);
    }

    @Override
    public List<CoreControl.AssetSum> sums() {
        return state.ledger.sums();
    }

    /** Takes what the codec says about the bytes. */
    private static final class Inbox implements CommandCodec.Reader {
        private Optional<Decoded> decoded = Optional.empty();
        private Optional<Refused> refusal = Optional.empty();

        @Override
        public void command(Decoded command) {
            decoded = Optional.of(command);
        }

        @Override
        public void refused(Refused why) {
            refusal = Optional.of(why);
        }
    }
}
