package org.hmsach.gateway.internal.guard;

import java.util.Optional;
import org.hmsach.api.identity.Credentials;

/** Finds credentials in a request; names of headers and cookies stand here only. */
public final class CredentialReader {
    /** Header with the API key's id. */
    public static final String KEY_ID = "APCA-API-KEY-ID";
    /** Header with the API key's secret. */
    public static final String SECRET = "APCA-API-SECRET-KEY";
    /** Header with the token that proves that our own page sent the request. */
    public static final String CSRF = "X-CSRF-Token";
    /** Header with the account a session acts on. */
    public static final String ACCOUNT = "HMS-Account";
    /** Cookie of a session without TLS. */
    public static final String COOKIE = "hms_session";
    /** Cookie of a session under TLS; the prefix makes browsers refuse it from anybody else. */
    public static final String HOST_COOKIE = "__Host-hms_session";

    /** Where headers and cookies are looked up. */
    public interface Source {
        /** The header, where present. */
        Optional<String> header(String name);

        /** The cookie's value, where present. */
        Optional<String> cookie(String name);
    }

    private CredentialReader() {}

    /** What the request brought along. An API key wins over a cookie. */
    public static Credentials read(Source source, boolean changes, String remoteAddress) {
        Optional<String> keyId = source.header(KEY_ID);
        Optional<String> secret = source.header(SECRET);
        boolean key = keyId.isPresent() || secret.isPresent();
        Optional<String> session =
                key ? Optional.empty() : source.cookie(HOST_COOKIE).or(() -> source.cookie(COOKIE));
        return new Credentials(keyId, secret, session, source.header(CSRF), changes, remoteAddress);
    }

    /** Whether there is anything to check. */
    public static boolean isEmpty(Credentials credentials) {
        return credentials.keyId().isEmpty()
                && credentials.secretKey().isEmpty()
                && credentials.sessionToken().isEmpty();
    }
}
