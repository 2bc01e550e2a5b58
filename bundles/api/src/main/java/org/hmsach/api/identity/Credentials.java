package org.hmsach.api.identity;

import java.util.Optional;

/**
 * What a request brought along to say who it is. {@code toString} shows no secret.
 *
 * @param keyId         API key id
 * @param secretKey     API secret
 * @param sessionToken  value of the session cookie
 * @param csrfToken     value of the {@code X-CSRF-Token} header
 * @param changes       whether the request may change something (then a session needs its CSRF token)
 * @param remoteAddress address of the peer, for throttling
 */
public record Credentials(
        Optional<String> keyId,
        Optional<String> secretKey,
        Optional<String> sessionToken,
        Optional<String> csrfToken,
        boolean changes,
        String remoteAddress) {
    @Override
    public String toString() {
        return "Credentials[keyId=" + keyId + ", remoteAddress=" + remoteAddress + "]";
    }
}
