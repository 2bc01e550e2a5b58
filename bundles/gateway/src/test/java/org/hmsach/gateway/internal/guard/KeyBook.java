package org.hmsach.gateway.internal.guard;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;

/** Knows API keys and sessions that a test puts in; the secret of key k is k-secret. */
public final class KeyBook implements Authenticator {
    private final Map<String, Caller> keys = new ConcurrentHashMap<>();
    private final Map<String, Caller> sessions = new ConcurrentHashMap<>();

    /** An API key of a person, bound to the account. */
    public KeyBook key(String keyId, UUID person, UUID account, Role... roles) {
        keys.put(keyId, new Caller(person, keyId, Set.of(roles), Optional.of(account), Optional.of(keyId)));
        return this;
    }

    /** A session of a person. */
    public KeyBook session(String token, UUID person, Role... roles) {
        sessions.put(token, new Caller(person, token, Set.of(roles), Optional.empty(), Optional.empty()));
        return this;
    }

    /** Headers with the key. */
    public static String[] headers(String keyId) {
        return new String[] {"APCA-API-KEY-ID", keyId, "APCA-API-SECRET-KEY", keyId + "-secret"};
    }

    /** Headers with the key and a JSON body. */
    public static String[] json(String keyId) {
        return new String[] {
            "APCA-API-KEY-ID", keyId, "APCA-API-SECRET-KEY", keyId + "-secret", "Content-Type", "application/json"
        };
    }

    @Override
    public Authentication authenticate(Credentials credentials) {
        Optional<Caller> byKey = credentials
                .keyId()
                .filter(id -> credentials.secretKey().equals(Optional.of(id + "-secret")))
                .map(keys::get);
        Optional<Caller> bySession = credentials
                .sessionToken()
                .filter(token ->
                        !credentials.changes() || credentials.csrfToken().equals(Optional.of(token + "-csrf")))
                .map(sessions::get);
        Optional<Caller> caller = byKey.or(() -> bySession);
        Optional<Refused> refusal = caller.isPresent()
                ? Optional.empty()
                : Optional.of(Refused.of(Reason.NOT_AUTHORISED, "credentials", "request is not authorized."));
        return new Authentication(caller, refusal, 0);
    }

    @Override
    public Authentication password(String login, char[] password, String remoteAddress) {
        throw new UnsupportedOperationException("no passwords here");
    }
}
