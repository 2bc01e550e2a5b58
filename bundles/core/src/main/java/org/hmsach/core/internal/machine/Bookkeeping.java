package org.hmsach.core.internal.machine;

import java.util.Map;
import java.util.Optional;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.id.HmsId;
import org.hmsach.api.id.Shape;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.tape.Events;
import org.hmsach.core.internal.codec.Genesis;

/** Bookmarks, notes, machine versions, and the first entry. */
final class Bookkeeping {
    /** The newest version that this code knows. */
    static final int NEWEST_VERSION = 1;
    /** The module whose progress says that the fees of fills are booked. */
    static final String BOOKS = "mfe.books";

    private final State state;
    private final Reservations reservations;

    Bookkeeping(State state, Reservations reservations) {
        this.state = state;
        this.reservations = reservations;
    }

    Optional<Answer> handle(Command command) {
        if (command instanceof Commands.Progress c) {
            return Optional.of(progress(c));
        } else if (command instanceof Commands.RecordNote c) {
            return Optional.of(note(c));
        } else if (command instanceof Commands.ActivateMachineVersion c) {
            return Optional.of(version(c.version()));
        } else if (command instanceof Genesis) {
            return Optional.of(Answer.refused(
                    Refused.of(Reason.ALREADY_DONE, "genesis", "the cluster was named by an earlier entry")));
        }
        return Optional.empty();
    }

    Answer genesis(Genesis c) {
        if (c.clusterId() < 1 || c.clusterId() > HmsId.MAX_CLUSTER || c.machineVersion() != NEWEST_VERSION) {
            return Shapes.invalid("genesis", "cluster id or version is out of range");
        }
        state.clusterId = c.clusterId();
        state.version = c.machineVersion();
        state.emitter.emit(new Events.MachineVersionActivated(state.emitter.header(), state.version));
        return Answer.DONE;
    }

    private Answer progress(Commands.Progress c) {
        if (!Shape.isName(c.module(), 32) || c.entry() < 0 || c.entry() >= state.time.entry()) {
            return Shapes.invalid("progress", "entry " + c.entry() + " or module is out of range");
        }
        long bookmark = state.modules.bookmark(c.module());
        if (c.entry() <= bookmark) {
            // told again: whoever waits for the module's word hears it
            state.emitter.emit(new Events.Progressed(state.emitter.header(), c.module(), bookmark));
            return new Answer(Optional.empty(), true, Optional.empty());
        }
        state.modules.moveBookmark(c.module(), c.entry());
        if (c.module().equals(BOOKS)) {
            reservations.feesFinishedUntil(c.entry());
        }
        state.emitter.emit(new Events.Progressed(state.emitter.header(), c.module(), c.entry()));
        return Answer.DONE;
    }

    private Answer note(Commands.RecordNote c) {
        boolean shaped = Shapes.hasLength(c.topic(), 1, 64) && c.values().size() <= 16;
        for (Map.Entry<String, String> pair : c.values().entrySet()) {
            shaped &= Shapes.hasLength(pair.getKey(), 1, 64) && pair.getValue().length() <= 200;
        }
        if (!shaped) {
            return Shapes.invalid("note", "topic of 1 to 64, at most 16 pairs of 64 and 200 characters");
        }
        state.emitter.emit(new Events.Noted(state.emitter.header(), c.topic(), c.values()));
        return Answer.DONE;
    }

    private Answer version(int version) {
        if (version > NEWEST_VERSION) {
            return Answer.refused(Refused.of(
                    Reason.UNSUPPORTED,
                    "version",
                    "this code knows versions up to " + NEWEST_VERSION,
                    Integer.toString(version),
                    Integer.toString(NEWEST_VERSION)));
        }
        if (version < state.version) {
            return Shapes.invalid("version", "version " + version + " is below the active " + state.version);
        }
        return new Answer(Optional.empty(), true, Optional.empty());
    }
}
