package org.hmsach.core.internal.sim;

import java.util.function.Supplier;
import org.hmsach.core.internal.entry.StateMachine;
import org.hmsach.core.internal.log.SimulatedLog;
import org.hmsach.core.internal.machine.Answer;
import org.hmsach.core.internal.machine.Machine;
import org.hmsach.core.internal.machine.MachineView;

/**
 * What a world is made of; tests plant their bugs here.
 *
 * @param machines makes the machine of each process
 * @param disk     what the disk is worth
 */
record Setting(Supplier<Tested> machines, SimulatedLog.Disk disk) {
    /** A machine under test: how the log sees it, and what it shows. */
    record Tested(StateMachine<Answer> machine, MachineView view) {}

    /** The product as it is. */
    static Setting product() {
        return new Setting(Setting::machine, SimulatedLog.Disk.HONEST);
    }

    static Tested machine() {
        Machine machine = new Machine();
        return new Tested(machine, machine);
    }
}
