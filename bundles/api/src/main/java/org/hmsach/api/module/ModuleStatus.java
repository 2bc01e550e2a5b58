package org.hmsach.api.module;

/**
 * One module as the registry sees it.
 *
 * @param family       {@code "gov"}, {@code "mkt"}, {@code "mfe"}, {@code "vendor"} or {@code "core"}
 * @param module       e.g. {@code "gov.checks"}
 * @param symbolicName Bundle-SymbolicName
 * @param version      bundle version
 * @param state        where it is
 * @param sinceMs      since when, milliseconds since 1970 UTC
 * @param digest       SHA-256 of the installed jar, hexadecimal; empty when unknown
 * @param lastError    last error; empty when none
 */
public record ModuleStatus(
        String family,
        String module,
        String symbolicName,
        String version,
        ModuleState state,
        long sinceMs,
        String digest,
        String lastError) {}
