package org.hmsach.gov.checks.internal.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rule with the parameters it judges by.
 *
 * @param version name of the policy version, as journalled
 */
public record Policy(Rule rule, String version, SortedMap<String, String> parameters) {
    public Policy {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    public static Policy of(Rule rule, String version, Map<String, String> parameters) {
        return new Policy(rule, version, new TreeMap<>(parameters));
    }

    public long number(String name) {
        return Long.parseLong(text(name));
    }

    public String text(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException(rule.id() + " has no parameter " + name);
        }
        return value;
    }

    /** SHA-256 over rule and parameters, one {@code name=value} a line, in the order of the names. */
    public String digest() {
        StringBuilder lines = new StringBuilder(rule.id()).append('\n');
        parameters.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
