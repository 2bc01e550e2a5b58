package org.hmsach.api.rule;

/**
 * A policy that is active, as journalled.
 *
 * @param id      name, e.g. {@code "gov.collar"}
 * @param version version, 1 to 64 characters
 * @param digest  SHA-256 of its parameters, 64 hexadecimal digits
 */
public record PolicyVersion(String id, String version, String digest) {}
