package org.hmsach.api.module;

import java.util.List;
import java.util.Map;

/**
 * What a bundle declares about the state that it keeps outside the core, in SQL or in files:
 * {@code Provide-Capability: org.hmsach.state;form:Long=2;upgradeFrom:Long=1;downgradeTo:Long=1;sqlUnit=identity}.
 * A bundle without this capability keeps none.
 *
 * @param form        form that this version reads and writes, 1 to 1,000,000; a higher one is newer; 0: no state
 * @param upgradeFrom oldest form that this version takes over, 1 to {@code form}; without it {@code form}
 * @param downgradeTo oldest form whose owner can go on after this version: 0 (one that declares no state) to
 *                    {@code form}; without it {@code form}
 * @param sqlUnit     name of its SQL unit, {@code [a-z]{1,16}}, whose scripts run before it is called; empty: none
 */
public record StateForm(long form, long upgradeFrom, long downgradeTo, String sqlUnit) {
    /** Namespace of the capability. */
    public static final String NAMESPACE = "org.hmsach.state";

    /** Nothing is declared. */
    public static final StateForm NONE = new StateForm(0, 0, 0, "");

    private static final long MOST = 1_000_000;
    private static final String FORM = "form";
    private static final String UPGRADE_FROM = "upgradeFrom";
    private static final String DOWNGRADE_TO = "downgradeTo";
    private static final String SQL_UNIT = "sqlUnit";
    private static final List<String> KNOWN = List.of(FORM, UPGRADE_FROM, DOWNGRADE_TO, SQL_UNIT);

    /** @throws IllegalArgumentException naming the attribute, its value and the limit */
    public StateForm {
        boolean none = form == 0 && upgradeFrom == 0 && downgradeTo == 0 && sqlUnit.isEmpty();
        if (!none) {
            within(FORM, form, 1, MOST);
            within(UPGRADE_FROM, upgradeFrom, 1, form);
            within(DOWNGRADE_TO, downgradeTo, 0, form);
            if (!sqlUnit.matches("([a-z]{1,16})?")) {
                throw new IllegalArgumentException(
                        NAMESPACE + ": " + SQL_UNIT + " is '" + sqlUnit + "', it must match [a-z]{1,16}");
            }
        }
    }

    /**
     * Of the capability's attributes.
     *
     * @throws IllegalArgumentException naming the attribute, its value and the limit
     */
    public static StateForm of(Map<String, Object> attributes) {
        for (String name : attributes.keySet()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        NAMESPACE + " has the attribute '" + name + "', it takes " + String.join(", ", KNOWN));
            }
        }
        if (!attributes.containsKey(FORM)) {
            throw new IllegalArgumentException(NAMESPACE + " has no " + FORM + ": write " + FORM + ":Long=1");
        }
        long form = number(attributes, FORM, 0);
        Object unit = attributes.getOrDefault(SQL_UNIT, "");
        return new StateForm(
                within(FORM, form, 1, MOST),
                number(attributes, UPGRADE_FROM, form),
                number(attributes, DOWNGRADE_TO, form),
                unit.toString());
    }

    /** Whether a version of that form can be followed by this one; 0: by one that declares no state. */
    public boolean takesOver(long from) {
        return from == 0 || (from >= upgradeFrom && from <= form);
    }

    /** Whether a version of that form can go on after this one; 0: one that declares no state. */
    public boolean givesBack(long to) {
        return to >= downgradeTo && to <= form;
    }

    private static long number(Map<String, Object> attributes, String name, long standard) {
        Object value = attributes.getOrDefault(name, standard);
        if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException(NAMESPACE + ": " + name + " is '" + value + "' of type "
                + value.getClass().getSimpleName() + ", it must be a Long: write " + name + ":Long=1");
    }

    private static long within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    NAMESPACE + ": " + name + " is " + value + ", it must be " + least + " to " + most);
        }
        return value;
    }
}
