package org.hmsach.identity.internal.people;

import java.util.UUID;

/**
 * An API key.
 *
 * @param secretHash SHA-256 of the secret, hexadecimal
 * @param expiresMs  milliseconds since 1970 UTC; 0: never
 */
public record ApiKey(
        String id, String secretHash, UUID person, UUID account, String name, long createdMs, long expiresMs) {
    /** Whether it is past its end. */
    public boolean isExpired(long nowMs) {
        return expiresMs > 0 && nowMs >= expiresMs;
    }
}
