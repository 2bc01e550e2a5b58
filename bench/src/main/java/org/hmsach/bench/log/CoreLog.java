package org.hmsach.bench.log;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.account.Account;
import org.hmsach.api.identity.Role;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.EventSink;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.SnapshotSource;
import org.hmsach.core.internal.entry.StateMachine;
import org.hmsach.core.internal.log.AeronLog;
import org.hmsach.core.internal.log.Applied;
import org.hmsach.core.internal.log.LogSettings;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.Machine;
import org.hmsach.core.internal.view.Views;

/** The core's log, machine, tape and published views, as a running platform has them. */
public final class CoreLog implements AutoCloseable {
    private final Machine machine = new Machine();
    private final Views views = new Views(machine);
    private final Hashed hashed = new Hashed(machine);
    private final AeronLog<Answer> log;
    private final AtomicReference<String> trouble = new AtomicReference<>("");

    /** Opens the log in the directory. */
    public CoreLog(Path directory) {
        LogSettings defaults = LogSettings.in(directory);
        LogSettings settings = new LogSettings(
                directory,
                Duration.ofMinutes(1),
                Duration.ofMinutes(30),
                defaults.queueCapacity(),
                defaults.freeSpaceFloorBytes(),
                0,
                Duration.ZERO,
                defaults.idleMaxPark());
        log = AeronLog.start(settings, hashed, new AeronLog.Listener() {
            @Override
            public void onRestored() {
                views.publishAll();
            }

            @Override
            public void onApplied() {
                views.publishTouched();
            }
        });
    }

    /** Sends the commands, so many unanswered at most, and waits until all are durable and applied. */
    public void send(List<byte[]> commands, int inFlight) throws InterruptedException {
        send(commands, inFlight, answer -> {});
    }

    /** The same; gives the subject of each answer, in the order of the commands. */
    public List<UUID> sendForSubjects(List<byte[]> commands, int inFlight) throws InterruptedException {
        List<UUID> subjects = new ArrayList<>();
        send(commands, inFlight, answer -> subjects.add(answer.subject().orElseThrow()));
        return List.copyOf(subjects);
    }

    /** @param each takes the answers, on the machine thread, in the order of the commands */
    private void send(List<byte[]> commands, int inFlight, Consumer<Answer> each) throws InterruptedException {
        Semaphore free = new Semaphore(inFlight);
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
        for (byte[] command : commands) {
            free.acquire();
            buffer.wrap(command);
            log.submit(buffer, 0, command.length).whenComplete((applied, failure) -> {
                note(applied, failure);
                if (failure == null && applied.answer().refusal().isEmpty()) {
                    each.accept(applied.answer());
                }
                free.release();
            });
        }
        free.acquire(inFlight);
        if (!trouble.get().isEmpty()) {
            throw new IllegalStateException(trouble.get());
        }
    }

    private void note(Applied<Answer> applied, Throwable failure) {
        if (failure != null) {
            trouble.compareAndSet("", failure.toString());
        } else if (applied.answer().refusal().isPresent()) {
            trouble.compareAndSet(
                    "", applied.entry() + " was refused: " + applied.answer().refusal());
        }
    }

    /** The checksum counts from here. */
    void forgetChecksum() {
        log.query(() -> {
                    hashed.crc.reset();
                    return true;
                })
                .join();
    }

    /** Over the bytes of all commands that the machine was given. */
    long checksum() {
        return log.query(hashed.crc::getValue).join();
    }

    List<Account> accounts() {
        return log.query(machine::accounts).join();
    }

    /** Who may act on the account. */
    public Map<UUID, Role> access(UUID account) {
        return log.query(() -> machine.access(account)).join();
    }

    /** The last entry. */
    public long entry() {
        return log.position().entry();
    }

    /** Takes a snapshot. */
    public void snapshot() {
        log.snapshot().join();
    }

    @Override
    public void close() {
        log.closeWithoutSnapshot();
    }

    /** Sees the bytes of each entry before the machine does. */
    private static final class Hashed implements StateMachine<Answer> {
        private final Machine machine;
        private final CRC32C crc = new CRC32C();
        private byte[] bytes = new byte[1_024];

        Hashed(Machine machine) {
            this.machine = machine;
        }

        @Override
        public Answer apply(Entry entry, EventSink out) {
            if (bytes.length < entry.length()) {
                bytes = new byte[entry.length()];
            }
            entry.buffer().getBytes(entry.offset(), bytes, 0, entry.length());
            crc.update(bytes, 0, entry.length());
            return machine.apply(entry, out);
        }

        @Override
        public void takeSnapshot(SnapshotSink sink) {
            machine.takeSnapshot(sink);
        }

        @Override
        public void loadSnapshot(SnapshotSource source) {
            machine.loadSnapshot(source);
        }

        @Override
        public long stateHash() {
            return machine.stateHash();
        }
    }
}
