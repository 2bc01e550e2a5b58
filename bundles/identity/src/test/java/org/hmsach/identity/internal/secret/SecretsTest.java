package org.hmsach.identity.internal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SecretsTest {
    private final Secrets secrets = new Secrets();

    @Test
    void givesIdsTokensAndPasswordsOfTheirShapes() {
        assertTrue(secrets.keyId().matches("HK[A-Z2-7]{18}"));
        assertTrue(secrets.token().matches("[A-Za-z0-9_-]{43}"));
        assertTrue(secrets.password().matches("([a-hj-km-np-z2-9]{4}-){4}[a-hj-km-np-z2-9]{4}"), secrets.password());
        assertNotEquals(secrets.token(), secrets.token());
    }

    @Test
    void bindsTheCsrfTokenToTheSession() {
        assertEquals(Secrets.csrfToken("a"), Secrets.csrfToken("a"));
        assertNotEquals(Secrets.csrfToken("a"), Secrets.csrfToken("b"));
        assertTrue(Secrets.same("abc", "abc"));
        assertFalse(Secrets.same("abc", "abd"));
    }

    @Test
    void hashesAsTheStandardSays() {
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Secrets.hexHash("abc"));
    }
}
