package org.hmsach.core.internal.codec;

import org.hmsach.api.command.Command;
import org.hmsach.api.command.Origin;

/**
 * A command as it stands in the log.
 *
 * @param origin   who sent it
 * @param command  what was asked for
 * @param bodyFrom offset of the command behind the envelope, from the beginning of the entry's bytes
 */
public record Decoded(Origin origin, Command command, int bodyFrom) {}
