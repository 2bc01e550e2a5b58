package org.hmsach.api.rule;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hmsach.api.id.Shape;
import org.hmsach.api.refusal.Reason;

/**
 * What one rule said about one order, with what it looked at.
 *
 * @param rule          name of the rule, e.g. {@code "gov.collar"}
 * @param allowed       whether the rule lets the order pass
 * @param reason        {@code RULE_DENIED}, {@code GOV_CHECK_MISSING}, {@code GOV_CHECK_TIMEOUT} …; meaningless
 *                when allowed
 * @param policyVersion version of the policy that was applied, 1 to 64 characters
 * @param detail        one sentence: why, with value and limit; may be empty when allowed; at most 500 characters
 * @param inputs        what the rule looked at, by name; of a refusal {@code value} and {@code limit}, where there are
 *                      such, are told to the caller; at most 16 pairs of at most 64 characters; sorted by name. A
 *                      check gives at most 14: the platform adds {@code module.digest}, SHA-256 of the jar that
 *                      answered, and {@code module.signer}
 */
public record Verdict(
        String rule, boolean allowed, Reason reason, String policyVersion, String detail, Map<String, String> inputs) {
    /** Largest number of inputs. */
    public static final int MAX_INPUTS = 16;
    /** Shape of a rule name. */
    public static final String RULE_PATTERN = "[a-z0-9_.-]{1,64}";

    public Verdict {
        if (!Shape.isRuleName(rule, 64)) {
            throw new IllegalArgumentException("rule '" + rule + "' does not match " + RULE_PATTERN);
        }
        Objects.requireNonNull(reason, "reason");
        bounded("policyVersion", policyVersion, 64);
        bounded("detail", detail, 500);
        if (inputs.size() > MAX_INPUTS) {
            throw new IllegalArgumentException(inputs.size() + " inputs are more than " + MAX_INPUTS);
        }
        inputs.forEach((name, value) -> {
            bounded("input name", name, 64);
            bounded("input " + name, value, 64);
        });
        inputs = sorted(inputs);
    }

    /** The rule lets the order pass. */
    public static Verdict allow(String rule, String policyVersion, Map<String, String> inputs) {
        return new Verdict(rule, true, Reason.RULE_DENIED, policyVersion, "", inputs);
    }

    /** The rule refuses the order. */
    public static Verdict deny(String rule, String policyVersion, String detail, Map<String, String> inputs) {
        return new Verdict(rule, false, Reason.RULE_DENIED, policyVersion, detail, inputs);
    }

    /** No answer of the rule could be had: missing, too slow or broken. */
    public static Verdict unanswered(String rule, Reason reason, String detail) {
        return new Verdict(rule, false, reason, "none", detail, Map.of());
    }

    private static Map<String, String> sorted(Map<String, String> inputs) {
        return inputs.size() < 2 ? Map.copyOf(inputs) : Collections.unmodifiableMap(new TreeMap<>(inputs));
    }

    private static void bounded(String name, String value, int max) {
        if (value.length() > max) {
            throw new IllegalArgumentException(name + " has " + value.length() + " characters, the limit is " + max);
        }
    }
}
