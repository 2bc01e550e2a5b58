package org.hmsach.bench.faults.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hmsach.api.transfer.TransferState;

/**
 * What the clients wrote down, beside the tape: everything acknowledged is there once, and what was not acknowledged is
 * there at most once.
 */
final class Judgement {
    private final TapeFacts tape;
    private final List<String> problems = new ArrayList<>();
    private int acknowledged;
    private int missing;
    private int doubled;

    private Judgement(TapeFacts tape) {
        this.tape = tape;
        problems.addAll(tape.problems());
    }

    /** Compares every deed of these clients. */
    static Judgement of(TapeFacts tape, Collection<Trader> traders) {
        Judgement judgement = new Judgement(tape);
        for (Trader trader : traders) {
            UUID account = UUID.fromString(trader.account());
            trader.journal().forEach(deed -> judgement.judge(account, deed));
        }
        return judgement;
    }

    /** The same with one problem more. */
    Judgement with(String problem) {
        problems.add(problem);
        return this;
    }

    private void judge(UUID account, Deed deed) {
        switch (deed.kind()) {
            case ORDER -> same(deed, tape.placed(account, deed.key()));
            case REPLACE -> replaced(deed, tape.replacing(account, deed.key()));
            case CANCEL -> count(deed, tape.cancels(deed.requestIds()));
            case DEPOSIT -> deposited(deed);
        }
    }

    private void count(Deed deed, int found) {
        boolean known = deed.known() == Deed.Known.ACKNOWLEDGED;
        acknowledged += known ? 1 : 0;
        if (found > 1) {
            doubled++;
            problems.add("doubled: " + deed + " stands on the tape " + found + " times");
        } else if (known && found == 0) {
            missing++;
            problems.add("missing: " + deed);
        }
    }

    private void same(Deed deed, List<UUID> found) {
        count(deed, found.size());
        if (deed.known() == Deed.Known.ACKNOWLEDGED
                && found.size() == 1
                && !found.get(0).toString().equals(deed.subject())) {
            problems.add(deed + " stands on the tape as " + found.get(0));
        }
    }

    /** Where the venue was too late before the answer was made, the answer shows the order as it was. */
    private void replaced(Deed deed, List<UUID> found) {
        if (deed.subject().equals(deed.target())) {
            count(deed, found.size());
        } else {
            same(deed, found);
        }
    }

    private void deposited(Deed deed) {
        List<UUID> found = List.copyOf(tape.transfers(deed.key()));
        same(deed, found);
        for (UUID id : found) {
            boolean complete =
                    tape.transfer(id).filter(TransferState.COMPLETE::equals).isPresent();
            int postings = tape.postings(id);
            if (postings != (complete ? 1 : 0)) {
                problems.add(deed + " is " + tape.transfer(id) + " and was booked " + postings + " times");
            }
        }
    }

    /** Deposits that were approved and whose money has not moved yet. */
    static long unfinishedDeposits(TapeFacts tape, Collection<Trader> traders) {
        return traders.stream()
                .flatMap(trader -> trader.journal().stream())
                .filter(deed -> deed.kind() == Deed.Kind.DEPOSIT
                        && deed.isFinished()
                        && !deed.subject().isEmpty())
                .filter(deed -> tape.postings(UUID.fromString(deed.subject())) == 0)
                .count();
    }

    int acknowledged() {
        return acknowledged;
    }

    int missing() {
        return missing;
    }

    int doubled() {
        return doubled;
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    @Override
    public String toString() {
        return acknowledged + " acknowledged, missing " + missing + ", doubled " + doubled + ", tape " + tape.events()
                + " events";
    }
}
