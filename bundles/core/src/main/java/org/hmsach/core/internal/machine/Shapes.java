package org.hmsach.core.internal.machine;

import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/** Shapes of names and texts in commands. */
final class Shapes {
    private Shapes() {}

    /** Printable ASCII without blanks. */
    static boolean isPrintable(String text, int max) {
        if (text.isEmpty() || text.length() > max) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x21 || c > 0x7e) {
                return false;
            }
        }
        return true;
    }

    /** Name of a module or venue: a-z, 0-9, dot, dash. */
    static boolean isName(String text) {
        if (text.isEmpty() || text.length() > 32) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

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
