package org.hmsach.gateway.internal.trading;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hmsach.api.http.ProblemException;
import org.hmsach.gateway.internal.problem.Problems;

/** Query and path parameters, read strictly. */
final class Params {
    private Params() {}

    /** A whole number within bounds. */
    static int integer(String name, String value, int otherwise, int max) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,6}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > max) {
            throw wrong(name, value, "a whole number from 1 to " + max);
        }
        return Integer.parseInt(value);
    }

    /** One of the choices. */
    static String choice(String name, String value, String otherwise, List<String> choices) {
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        if (!choices.contains(value)) {
            throw wrong(name, value, "one of " + String.join(", ", choices));
        }
        return value;
    }

    /** A comma list of texts of the shape; empty when absent. */
    static Set<String> list(String name, String value, String pattern) {
        if (value == null || value.isEmpty()) {
            return Set.of();
        }
        List<String> parts = Arrays.asList(value.split(",", -1));
        if (parts.size() > 100 || !parts.stream().allMatch(part -> part.matches(pattern))) {
            throw wrong(name, value, "at most 100 texts like " + pattern + ", separated by commas");
        }
        return new TreeSet<>(parts);
    }

    /** The id in a path; whatever is no UUID does not exist. */
    static UUID id(String value) {
        if (!value.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw wrong("order_id", value, "a UUID");
        }
        return UUID.fromString(value);
    }

    static ProblemException wrong(String name, String value, String limit) {
        return new ProblemException(Problems.parameter(name, value, limit));
    }
}
