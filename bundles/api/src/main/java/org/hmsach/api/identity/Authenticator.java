package org.hmsach.api.identity;

import org.osgi.annotation.versioning.ProviderType;

/** Tells who is calling. Offered by identity; thread-safe; answers within milliseconds except for {@link #password}. */
@ProviderType
public interface Authenticator {
    /** Checks an API key or a session. Expired, revoked and forged credentials give a refusal. */
    Authentication authenticate(Credentials credentials);

    /**
     * Checks a login name and password without making a session (Web Console). Throttled.
     *
     * @param login         login name
     * @param password      the password; the caller clears the array
     * @param remoteAddress address of the peer, for throttling
     */
    Authentication password(String login, char[] password, String remoteAddress);
}
