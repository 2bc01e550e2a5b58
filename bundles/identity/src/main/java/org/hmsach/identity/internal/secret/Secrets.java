package org.hmsach.identity.internal.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Random secrets and what is kept of them. Thread-safe. */
public final class Secrets {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** No letters and digits that are mistaken for each other. */
    private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int KEY_ID_LENGTH = 18;
    private static final int PASSWORD_GROUPS = 5;
    private static final int GROUP_LENGTH = 4;
    private static final int TOKEN_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** An id for an API key; not secret. */
    public String keyId() {
        return "HK" + letters(BASE32, KEY_ID_LENGTH);
    }

    /** 256 random bits as text. */
    public String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A password for people, of 99 random bits. */
    public String password() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < PASSWORD_GROUPS; i++) {
            password.append(i == 0 ? "" : "-").append(letters(READABLE, GROUP_LENGTH));
        }
        return password.toString();
    }

    /** SHA-256, enough for secrets that are 256 random bits. */
    public static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@link #hash} in hexadecimal. */
    public static String hexHash(String secret) {
        return HexFormat.of().formatHex(hash(secret));
    }

    /** The token that only pages of the session's own origin can know; needs no place to be kept. */
    public static String csrfToken(String sessionToken) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(sessionToken.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] bytes = mac.doFinal("csrf".getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Whether the texts are equal; takes as long whether they are or not. */
    public static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String letters(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
