package org.hmsach.core.internal.sim;

import java.util.Optional;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Origin;

/**
 * What was put into the door.
 *
 * @param command the command; empty when the bytes are none
 * @param origin  who sent it; of nonsense, nobody who matters
 * @param length  bytes of the encoded command
 */
record Sent(Optional<Command> command, Origin origin, int length) {
    @Override
    public String toString() {
        return command.map(c -> origin.module() + " " + c).orElse(length + " bytes of nonsense");
    }
}
