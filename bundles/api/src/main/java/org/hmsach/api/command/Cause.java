package org.hmsach.api.command;

import org.hmsach.api.id.Shape;

/**
 * What a module's command answers to: unique per (module, entry, index), so that a repeated command is refused with
 * {@code ALREADY_DONE} and changes nothing.
 *
 * @param module the sending module, e.g. {@code "mfe.books"}
 * @param entry  entry number of the event that made the module act
 * @param index  0 for the module's first command about that entry, then counting up; 0 to 1,000,000
 */
public record Cause(String module, long entry, int index) {
    public Cause {
        if (!Shape.isName(module, 32)) {
            throw new IllegalArgumentException("module '" + module + "' does not match [a-z0-9.-]{1,32}");
        }
        if (entry < 0 || index < 0 || index > 1_000_000) {
            throw new IllegalArgumentException("cause entry " + entry + " or index " + index + " is out of range");
        }
    }
}
