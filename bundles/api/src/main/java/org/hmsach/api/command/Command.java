package org.hmsach.api.command;

/**
 * A request to the core; one of the records nested in {@link Commands}. Nobody else implements it: the core refuses
 * commands it does not know with {@code UNSUPPORTED}.
 */
public interface Command {}
