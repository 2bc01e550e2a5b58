package org.hmsach.core.internal.codec;

import org.hmsach.api.command.Command;

/**
 * The first command of every log: names the cluster. Any other command before it is refused, a second one too.
 *
 * @param clusterId      48 bits, above 0
 * @param machineVersion version the machine starts with
 */
public record Genesis(long clusterId, int machineVersion) implements Command {}
