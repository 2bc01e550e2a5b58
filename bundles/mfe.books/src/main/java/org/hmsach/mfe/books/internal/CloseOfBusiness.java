package org.hmsach.mfe.books.internal;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hmsach.api.command.Cause;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.module.Duty;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.Tape;
import org.hmsach.api.tape.TapeFollower;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * The close of business, driven by the tape: a closed session is followed by closing marks and the next business date,
 * an opened date by the settlement of what is due. Interrupted anywhere, it goes on from its bookmark.
 */
@Component(service = CloseOfBusiness.class, immediate = true)
public final class CloseOfBusiness implements TapeFollower.Batch {
    static final String MODULE = "mfe.books.close";
    static final int SETTLE_MAX = 1_000;

    /** One journalled step. */
    record Step(String step, long millis, long entry, int count) {}

    /** What the last close of business did. */
    record Report(LocalDate closedDate, LocalDate openedDate, int settled, int marks, List<Step> steps) {}

    private final Portfolio portfolio;
    private final Door door;
    private final BusinessDay day;
    private final List<Events.SessionChanged> sessions = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition finished = lock.newCondition();
    private final TapeFollower follower;
    private LocalDate closedDate = LocalDate.EPOCH;
    private Report last = new Report(LocalDate.EPOCH, LocalDate.EPOCH, 0, 0, List.of());

    @Activate
    public CloseOfBusiness(
            @Reference Tape tape,
            @Reference Portfolio portfolio,
            @Reference Door door,
            @Reference BusinessDay day,
            @Reference Duty duty) {
        this.portfolio = portfolio;
        this.door = door;
        this.day = day;
        this.follower = new TapeFollower(
                "hms-books-close",
                tape,
                duty,
                () -> tape.firstNumberOf(portfolio.bookmark(MODULE).orElse(0) + 1),
                this);
    }

    @Deactivate
    public void close() {
        follower.close();
    }

    @Override
    public void begin() {
        sessions.clear();
    }

    @Override
    public void onSession(Events.SessionChanged event) {
        sessions.add(event);
    }

    @Override
    public void commit() throws InterruptedException {
        for (Events.SessionChanged session : sessions) {
            if (session.open()) {
                settle(session);
            } else {
                steps.clear();
                closedDate = session.date();
                markAndOpenNext(session);
            }
        }
        closeWhenOver();
    }

    /**
     * Closes the open session and waits until the next business date is open and settled.
     *
     * @return what was done; empty when it did not end within the wait, in which case it goes on
     */
    Optional<Report> run(Origin origin, Duration wait) throws InterruptedException {
        LocalDate date = portfolio.businessDate().orElse(LocalDate.EPOCH);
        if (portfolio.sessionOpen()) {
            Answers.await(door.submit(new Commands.CloseSession(date), origin));
        }
        long nanos = wait.toNanos();
        lock.lock();
        try {
            while (last.closedDate().isBefore(date) && nanos > 0) {
                nanos = finished.awaitNanos(nanos);
            }
            return last.closedDate().isBefore(date) ? Optional.empty() : Optional.of(last);
        } finally {
            lock.unlock();
        }
    }

    private void markAndOpenNext(Events.SessionChanged closed) throws InterruptedException {
        long entry = closed.header().entry();
        List<List<Commands.Mark>> marks = day.closingMarks();
        for (int i = 0; i < marks.size(); i++) {
            boolean closing = i == marks.size() - 1;
            step(
                    "closing marks",
                    new Commands.RecordMarks(new Cause(MODULE, entry, i), marks.get(i), closing),
                    marks.get(i).size());
        }
        LocalDate next = day.next(closed.date());
        step("open " + next, new Commands.OpenBusinessDate(next, day.next(next)), 1);
        Answers.await(door.submit(new Commands.Progress(MODULE, entry), Origin.ofModule(MODULE)));
    }

    private void settle(Events.SessionChanged opened) throws InterruptedException {
        long entry = opened.header().entry();
        int before = portfolio.dueObligations(opened.date());
        int due = before;
        for (int i = 0; due > 0; i++) {
            step("settle", new Commands.Settle(new Cause(MODULE, entry, i), opened.date(), SETTLE_MAX), due);
            due = portfolio.dueObligations(opened.date());
        }
        Answers.await(door.submit(new Commands.Progress(MODULE, entry), Origin.ofModule(MODULE)));
        finish(opened.date(), before);
    }

    private void finish(LocalDate opened, int settled) {
        int marks = steps.stream()
                .filter(s -> s.step().equals("closing marks"))
                .mapToInt(Step::count)
                .sum();
        lock.lock();
        try {
            if (closedDate.isAfter(LocalDate.EPOCH)) {
                last = new Report(closedDate, opened, settled, marks, List.copyOf(steps));
            }
            finished.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void step(String name, Command command, int count) throws InterruptedException {
        long start = System.nanoTime();
        Outcome outcome = Answers.await(door.submit(command, Origin.ofModule(MODULE)));
        if (outcome.refusal().filter(r -> !isRepetition(r.reason())).isPresent()) {
            throw new IllegalStateException(
                    name + " was refused: " + outcome.refusal().get().detail());
        }
        steps.add(new Step(name, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), outcome.entry(), count));
    }

    /** A repeated step after an interruption: its cause is known, or the date is open already. */
    private static boolean isRepetition(Reason reason) {
        return reason == Reason.ALREADY_DONE || reason == Reason.ILLEGAL_TRANSITION;
    }

    private void closeWhenOver() throws InterruptedException {
        Optional<LocalDate> date = portfolio.businessDate();
        if (date.isPresent() && portfolio.sessionOpen() && day.isOver(date.get())) {
            Answers.await(door.submit(new Commands.CloseSession(date.get()), Origin.ofModule(MODULE)));
        }
    }
}
