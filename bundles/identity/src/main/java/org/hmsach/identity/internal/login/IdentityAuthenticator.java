package org.hmsach.identity.internal.login;

import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.people.Keys;
import org.hmsach.identity.internal.secret.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells who is calling. Keys are looked up in memory; what the core says about them is asked each time. */
@Component(service = Authenticator.class)
public final class IdentityAuthenticator implements Authenticator {
    private static final int LONGEST = 256;
    private static final String WRONG = "request is not authorized.";

    private final Logins logins;
    private final Keys keys;
    private final CoreSeam core;
    private final LongSupplier clockMs;

    @Activate
    public IdentityAuthenticator(@Reference Logins logins, @Reference Keys keys, @Reference CoreSeam core) {
        this(logins, keys, core, System::currentTimeMillis);
    }

    IdentityAuthenticator(Logins logins, Keys keys, CoreSeam core, LongSupplier clockMs) {
        this.logins = logins;
        this.keys = keys;
        this.core = core;
        this.clockMs = clockMs;
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        if (credentials.keyId().isPresent() || credentials.secretKey().isPresent()) {
            return key(credentials.keyId().orElse(""), credentials.secretKey().orElse(""));
        }
        Optional<String> token = credentials.sessionToken().filter(t -> t.length() <= LONGEST);
        return token.isEmpty()
                ? Logins.refused(WRONG)
                : logins.session(token.get(), credentials.csrfToken(), credentials.changes());
    }

    @Override
    public Authentication password(String login, char[] password, String remoteAddress) {
        return logins.check(login, password, remoteAddress);
    }

    private Authentication key(String id, String secret) {
        if (id.length() > LONGEST || secret.length() > LONGEST) {
            return Logins.refused(WRONG);
        }
        Optional<Keys.Ready> found = keys.find(id);
        byte[] hash = Secrets.hash(secret);
        boolean known =
                found.isPresent() && MessageDigest.isEqual(hash, found.get().secretHash());
        if (!known || found.get().disabled() || found.get().key().isExpired(clockMs.getAsLong())) {
            return Logins.refused(WRONG);
        }
        Keys.Ready ready = found.get();
        Portfolio portfolio = core.portfolio();
        if (portfolio.isRevoked(id)) {
            return Logins.refused(WRONG);
        }
        if (portfolio.access(ready.key().person(), ready.key().account()).isEmpty()) {
            return Logins.refused("the account of this key is no longer granted to its owner");
        }
        return new Authentication(Optional.of(ready.caller()), Optional.empty(), 0);
    }
}
