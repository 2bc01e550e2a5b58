package org.hmsach.core.internal.codec;

import org.hmsach.api.command.Command;

/**
 * All members run code that knows the version: behave by it from now on. Whether that is taken must not depend on the
 * code that reads it later, so the entry itself says what its sender knew.
 *
 * @param version the version to activate
 * @param known   newest version that the sender's code knew; a version above it is refused
 */
public record VersionActivation(int version, int known) implements Command {}
