package org.hmsach.core.internal.codec;

/**
 * Where an event stands on the tape.
 *
 * @param number gap-free number on the tape, from 1
 * @param entry  the log entry that made it
 * @param index  position among the events of that entry, from 0
 * @param timeMs entry time, milliseconds since 1970 UTC
 */
public record EventPlace(long number, long entry, int index, long timeMs) {}
