package org.hmsach.verifier;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One line of an export. What it lacks or has in another shape is an {@link IllegalArgumentException}. */
record Event(Map<?, ?> line) {
    static Event parse(String text) {
        if (!(Json.parse(text) instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("the line is no JSON object");
        }
        return new Event(map);
    }

    long number() {
        return number(line, "number");
    }

    long entry() {
        return number(line, "entry");
    }

    long timeMs() {
        return number(line, "timeMs");
    }

    int index() {
        return Math.toIntExact(number(line, "index"));
    }

    String kind() {
        return text(line, "kind");
    }

    byte[] payload() {
        return Base64.getDecoder().decode(text(line, "payload"));
    }

    String chain() {
        return text(line, "chain");
    }

    Map<?, ?> fields() {
        return map(line, "fields");
    }

    static Map<?, ?> map(Map<?, ?> of, String name) {
        if (of.get(name) instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(name + " is no object");
    }

    static List<?> list(Map<?, ?> of, String name) {
        if (of.get(name) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(name + " is no array");
    }

    static String text(Map<?, ?> of, String name) {
        if (of.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is no text and no number");
    }

    static long number(Map<?, ?> of, String name) {
        return Long.parseLong(text(of, name));
    }

    static boolean flag(Map<?, ?> of, String name) {
        if (of.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalArgumentException(name + " is neither true nor false");
    }

    static boolean isNull(Map<?, ?> of, String name) {
        return of.get(name) == Json.NULL;
    }
}
