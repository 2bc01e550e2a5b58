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
import org.hmsach.core.internal.codec.VersionActivation;

/** Bookmarks, notes, machine versions, and the first entry. */
final class Bookkeeping {
    private static final int FIRST_VERSION = 1;
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
            // entries of this kind come from code that knew the first version only
            return Optional.of(version(c.version(), FIRST_VERSION));
        } else if (command instanceof VersionActivation c) {
            return Optional.of(version(c.version(), c.known()));
        } else if (command instanceof Genesis) {
            return Optional.of(Answer.refused(
                    Refused.of(Reason.ALREADY_DONE, "genesis", "the cluster was named by an earlier entry")));
        }
        return Optional.empty();
    }

    Answer genesis(Genesis c) {
        if (c.clusterId() < 1
                || c.clusterId() > HmsId.MAX_CLUSTER
                || c.machineVersion() < FIRST_VERSION
                || c.machineVersion() > Machine.NEWEST_VERSION) {
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

    private Answer version(int version, int known) {
        if (version > known) {
            return Answer.refused(Refused.of(
                    Reason.UNSUPPORTED,
                    "version",
                    "this code knows versions up to " + known,
                    Integer.toString(version),
                    Integer.toString(known)));
        }
        if (version < state.version) {
            return Shapes.invalid("version", "version " + version + " is below the active " + state.version);
        }
        if (version == state.version) {
            return new Answer(Optional.empty(), true, Optional.empty());
        }
        requireKnown(version);
        state.version = version;
        state.emitter.emit(new Events.MachineVersionActivated(state.emitter.header(), version));
        return Answer.DONE;
    }

    /** Older code must not go on by rules that it does not have. */
    static void requireKnown(int version) {
        if (version > Machine.NEWEST_VERSION) {
            throw new IllegalStateException("the log was written by newer code: it activates machine version " + version
                    + ", this code knows versions up to " + Machine.NEWEST_VERSION);
        }
    }
}
