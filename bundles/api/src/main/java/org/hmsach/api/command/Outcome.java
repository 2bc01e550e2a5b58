package org.hmsach.api.command;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.refusal.Refused;

/**
 * The core's answer to a command. When it arrives, the entry is on disk and applied on this node.
 *
 * @param entry      number of the log entry
 * @param tapeNumber number of the last event on the tape after it; reads and read models past it show the effect
 * @param subject    id of what was made, changed or found (order, account, transfer, posting)
 * @param duplicate  whether the same id with the same body was answered before; {@code subject} is the first one
 * @param refusal    why it was refused; a refused order still has a subject: it is journalled as REJECTED
 */
public record Outcome(
        long entry, long tapeNumber, Optional<UUID> subject, boolean duplicate, Optional<Refused> refusal) {}
