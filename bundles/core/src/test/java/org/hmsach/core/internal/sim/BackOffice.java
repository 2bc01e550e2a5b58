package org.hmsach.core.internal.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.transfer.Transfer;
import org.hmsach.api.transfer.TransferState;

/**
 * Stands for mfe.books and mfe.ach: a fee for each fill, settlement and marks at the close of business, transfers one
 * step after the other. Goes on from its bookmark in the machine and so repeats itself after a restart.
 */
final class BackOffice implements Actor {
    private static final String BOOKS = "mfe.books";
    private static final String BANK = "mfe.ach";
    private static final Origin ORIGIN = Origin.ofModule(BOOKS);
    private static final int SETTLED_AT_ONCE = 15;

    private final World world;
    private final Chance chance;
    private final Deque<Ticket> sent = new ArrayDeque<>();
    private long next = 1;
    private long entry;

    BackOffice(World world, Chance chance) {
        this.world = world;
        this.chance = chance;
    }

    @Override
    public void restart() {
        sent.clear();
        long bookmark = world.machine().bookmarks().getOrDefault(BOOKS, -1L);
        next = 1;
        while (next <= world.audit.events.size()
                && world.audit.events.get((int) next - 1).header().entry() <= bookmark) {
            next++;
        }
    }

    @Override
    public void step() {
        if (chance.oneIn(4)) {
            bank();
            return;
        }
        while (!sent.isEmpty() && !sent.peek().isWaiting()) {
            sent.remove();
        }
        int events = 1 + chance.below(8);
        for (int i = 0; i < events && next <= world.audit.events.size(); i++) {
            TapeEvent event = world.audit.events.get((int) next - 1);
            entry = event.header().entry();
            take(event);
            next++;
        }
        boolean whole = next > world.audit.events.size()
                || world.audit.events.get((int) next - 1).header().entry() > entry;
        if (sent.isEmpty() && whole && entry > 0 && chance.oneIn(5)) {
            send(new Commands.Progress(BOOKS, entry));
        }
    }

    private void send(Command command) {
        sent.add(world.submit(command, ORIGIN));
        if (chance.oneIn(40)) {
            world.submit(command, ORIGIN);
        }
    }

    private void take(TapeEvent event) {
        if (event instanceof Events.OrderEvent e && e.execution().isPresent()) {
            // what follows from the tape is the same every time it is read
            long fee = 1 + e.execution().get().cashMinor() / 2_000;
            send(new Commands.BookFee(
                    cause(event), e.order().id(), e.execution().get().execId(), fee, "commission"));
        } else if (event instanceof Events.SessionChanged s && !s.open()) {
            send(new Commands.Settle(cause(event), s.date(), SETTLED_AT_ONCE));
            List<Commands.Mark> marks = Town.DOLLAR_SYMBOLS.stream()
                    .map(symbol -> new Commands.Mark(symbol, new ReferencePrice(10 * Town.ONE + entry, "close", entry)))
                    .toList();
            send(new Commands.RecordMarks(new Cause(BOOKS, entry, 1_000), marks, true));
        } else if (event instanceof Events.Settled s && s.remaining() > 0) {
            send(new Commands.Settle(cause(event), s.upTo(), SETTLED_AT_ONCE));
        }
    }

    private static Cause cause(TapeEvent event) {
        return new Cause(BOOKS, event.header().entry(), event.header().index() * 4);
    }

    /** Moves a transfer on; now and then back, which the core must refuse or undo. */
    private void bank() {
        List<Transfer> open = world.machine().transfers().stream()
                .filter(t -> t.state().isOpen() || t.state() == TransferState.COMPLETE)
                .toList();
        if (open.isEmpty()) {
            return;
        }
        Transfer t = open.get(open.size() - 1 - chance.below(Math.min(open.size(), 8)));
        TransferState to =
                switch (t.state()) {
                    case QUEUED, APPROVAL_PENDING ->
                        chance.of(TransferState.PENDING, TransferState.PENDING, TransferState.REJECTED);
                    case PENDING -> chance.of(TransferState.SENT_TO_CLEARING, TransferState.COMPLETE);
                    case SENT_TO_CLEARING ->
                        chance.of(TransferState.COMPLETE, TransferState.COMPLETE, TransferState.RETURNED);
                    default -> chance.oneIn(6) ? TransferState.RETURNED : TransferState.COMPLETE;
                };
        Optional<Cause> cause = chance.oneIn(3)
                ? Optional.empty()
                : Optional.of(new Cause(BANK, Math.max(0, world.machine().entry() - 1), chance.below(1_000)));
        world.submit(new Commands.UpdateTransfer(cause, t.id(), to, "bank"), Origin.ofModule(BANK));
    }
}
