package org.hmsach.launcher;

import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces <code>${name}</code> in configuration values; an unknown name stops the start, by name. */
final class Variables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9._-]+)}");

    private final Map<String, String> values;

    Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    String replace(String text, String where) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new LaunchException(LaunchException.USAGE, where + " names an unknown ${" + match.group(1) + "}");
            }
            return Matcher.quoteReplacement(value);
        });
    }

    Object replaceIn(Object value, String where) {
        if (value instanceof String text) {
            return replace(text, where);
        }
        if (value instanceof String[] texts) {
            return Arrays.stream(texts).map(text -> replace(text, where)).toArray(String[]::new);
        }
        return value;
    }
}
