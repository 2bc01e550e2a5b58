package org.hmsach.core.internal.machine;

import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/** Shapes of names and texts in commands. */
final class Shapes {
    private Shapes() {}

    static boolean hasLength(String text, int min, int max) {
        return text.length() >= min && text.length() <= max;
    }

    /** Text for a message, cut so that no caller can blow up an event. */
    static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    static Answer invalid(String field, String detail) {
        return Answer.refused(Refused.of(Reason.INVALID, field, detail));
    }

    static Answer notFound(String what, String detail) {
        return Answer.refused(Refused.of(Reason.NOT_FOUND, what, detail));
    }
}
