package org.hmsach.core.internal.service;

import org.hmsach.api.command.Door;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.tape.Tape;

/** The services over one running core, for a process without OSGi. */
public final class CoreServices implements AutoCloseable {
    private final DoorService door;
    private final PortfolioService portfolio;
    private final TapeService tape;
    private final ControlService control;

    /** Over this core; closed before it. */
    public CoreServices(Core core) {
        this.door = new DoorService(core.log());
        this.portfolio = new PortfolioService(core);
        this.tape = new TapeService(core.log());
        this.control = new ControlService(core);
    }

    /** Takes commands. */
    public Door door() {
        return door;
    }

    /** Reads the present state. */
    public Portfolio portfolio() {
        return portfolio;
    }

    /** Reads the events. */
    public Tape tape() {
        return tape;
    }

    /** Proofs and snapshots. */
    public CoreControl control() {
        return control;
    }

    @Override
    public void close() {
        door.stop();
        control.stop();
    }
}
