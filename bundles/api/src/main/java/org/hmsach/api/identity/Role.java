package org.hmsach.api.identity;

/** What a person may do. Names appear in the HTTP API in lower case. */
public enum Role {
    /** Sees and trades the accounts granted to them. */
    INVESTOR,
    /** Trades accounts of others that were granted to them. */
    TRADER,
    /** Sets limits, rules, restrictions, kill switches; reads everything. */
    COMPLIANCE,
    /** Runs the business day: accounts, transfers, close of business, modules; reads everything. */
    OPERATOR,
    /** Manages people and roles. */
    ADMIN;

    /** Name for {@code jakarta.annotation.security.RolesAllowed}. */
    public static final String INVESTOR_NAME = "investor";
    /** Name for {@code jakarta.annotation.security.RolesAllowed}. */
    public static final String TRADER_NAME = "trader";
    /** Name for {@code jakarta.annotation.security.RolesAllowed}. */
    public static final String COMPLIANCE_NAME = "compliance";
    /** Name for {@code jakarta.annotation.security.RolesAllowed}. */
    public static final String OPERATOR_NAME = "operator";
    /** Name for {@code jakarta.annotation.security.RolesAllowed}. */
    public static final String ADMIN_NAME = "admin";

    /** Lower-case name, as in the HTTP API. */
    public String lowerName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
