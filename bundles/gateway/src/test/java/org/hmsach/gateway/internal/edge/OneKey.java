package org.hmsach.gateway.internal.edge;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/** Knows one key, of an investor. */
final class OneKey implements Authenticator {
    private static final UUID ACCOUNT = UUID.randomUUID();

    @Override
    public Authentication authenticate(Credentials credentials) {
        boolean good = credentials.keyId().equals(Optional.of("good"))
                && credentials.secretKey().equals(Optional.of("secret"));
        Caller alice =
                new Caller(new UUID(0, 1), "alice", Set.of(Role.INVESTOR), Optional.of(ACCOUNT), Optional.of("good"));
        return good
                ? new Authentication(Optional.of(alice), Optional.empty(), 0)
                : new Authentication(
                        Optional.empty(),
                        Optional.of(Refused.of(Reason.NOT_AUTHORISED, "credentials", "request is not authorized.")),
                        0);
    }

    @Override
    public Authentication password(String login, char[] password, String remoteAddress) {
        throw new AssertionError("the edge asks for no password");
    }
}
