package org.hmsach.ops.internal.swap;

/**
 * One version of a module.
 *
 * @param version bundle version; empty when there is none
 * @param digest  SHA-256 of the jar, hexadecimal; empty when there is none
 */
public record Version(String version, String digest) {
    /** No version: before the first, or after the last. */
    public static final Version NONE = new Version("", "");
}
