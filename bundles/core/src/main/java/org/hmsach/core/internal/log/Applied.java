package org.hmsach.core.internal.log;

/**
 * The outcome of one command.
 *
 * @param entry its entry number
 * @param lastEvent the number of the last event on the tape when the entry was done; waiting for it reads your own
 *        write
 * @param answer what the machine answered
 */
public record Applied<A>(long entry, long lastEvent, A answer) {}
