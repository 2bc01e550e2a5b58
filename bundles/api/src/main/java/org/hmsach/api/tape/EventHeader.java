package org.hmsach.api.tape;

import java.time.LocalDate;
import org.hmsach.api.command.Origin;

/**
 * What every event carries.
 *
 * @param number       gap-free number on the tape, from 1
 * @param entry        the log entry that made it
 * @param index        position among the events of that entry, from 0
 * @param timeMs       entry time, milliseconds since 1970 UTC, never moving back
 * @param businessDate business date of the machine; 1970-01-01 before the first one is opened
 * @param origin       who sent the command
 */
public record EventHeader(long number, long entry, int index, long timeMs, LocalDate businessDate, Origin origin) {}
