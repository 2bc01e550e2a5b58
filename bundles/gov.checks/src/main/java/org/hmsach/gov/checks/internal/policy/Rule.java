package org.hmsach.gov.checks.internal.policy;

import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of this module and their parameters. The standards are the careful choice where there is one. */
public enum Rule {
    /** Price collar. */
    COLLAR(
            "gov.collar",
            new Parameter.Whole("hard_bp", 1_000, 1, 10_000),
            new Parameter.Whole("soft_bp", 500, 1, 10_000),
            new Parameter.Whole("max_age_ms", 60_000, 100, 86_400_000),
            new Parameter.Choice("limit_without_reference", List.of("refuse", "allow"))),
    /** Market session. */
    SESSION(
            "gov.session",
            new Parameter.Choice("day_outside", List.of("refuse", "queue")),
            new Parameter.Choice("gtc_outside", List.of("queue", "refuse"))),
    /** Instrument status, tick and lot. */
    INSTRUMENT("gov.instrument", new Parameter.Choice("fractional", List.of("allow", "refuse"))),
    /** Size of one order. */
    FAT_FINGER(
            "gov.fatfinger",
            new Parameter.Whole("max_qty", 100_000, 1, 10_000_000_000L),
            new Parameter.Whole("max_notional", 1_000_000, 1, 10_000_000_000L));

    private final String id;
    private final List<Parameter> parameters;

    Rule(String id, Parameter... parameters) {
        this.id = id;
        this.parameters = List.of(parameters);
    }

    /** Name of the rule as in verdicts. */
    public String id() {
        return id;
    }

    public List<Parameter> parameters() {
        return parameters;
    }

    public Map<String, String> standards() {
        return parameters.stream().collect(toMap(Parameter::name, Parameter::standard));
    }

    public static Optional<Rule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }
}
