package org.hmsach.identity.internal.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.hmsach.api.refusal.UnavailableException;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    private final Passwords passwords = new Passwords(2, Duration.ofSeconds(20));

    @Test
    void knowsTheRightPasswordAndNoOther() {
        String stored = passwords.hash("pässwörd-€".toCharArray());
        assertTrue(stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"), stored);
        assertTrue(passwords.matches("pässwörd-€".toCharArray(), stored));
        assertFalse(passwords.matches("pässwörd-".toCharArray(), stored));
        assertNotEquals(stored, passwords.hash("pässwörd-€".toCharArray()), "each hash has its own salt");
    }

    /** Made with the reference implementation: {@code echo -n password | argon2 somesalt -id -t 2 -k 256 -p 1}. */
    @Test
    void checksHashesOfOtherMakersWithTheirOwnParametersAndCallsThemWeak() {
        String stored = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assertTrue(passwords.matches("password".toCharArray(), stored));
        assertFalse(passwords.matches("Password".toCharArray(), stored));
        assertTrue(passwords.isWeak(stored));
        assertFalse(passwords.isWeak(passwords.hash("x".toCharArray())));
    }

    /** Source: RFC 9106, section 5.3. */
    @Test
    void theLibraryGivesTheTagOfTheStandard() {
        byte[] tag = new byte[32];
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(filled(16, 2))
                .withSecret(filled(8, 3))
                .withAdditional(filled(12, 4))
                .build());
        generator.generateBytes(filled(32, 1), tag);
        assertEquals(
                "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
                HexFormat.of().formatHex(tag));
    }

    @Test
    void answersBusyInsteadOfQueueingWithoutEnd() {
        Passwords one = new Passwords(1, Duration.ofMillis(1));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(CompletableFuture.supplyAsync(() -> one.hash("x".toCharArray()), threads));
            }
            long busy = all.stream()
                    .map(f -> f.handle((hash, e) -> e instanceof CompletionException c
                            && c.getCause() instanceof UnavailableException u
                            && u.code().equals("LOGIN_BUSY")))
                    .filter(f -> f.join())
                    .count();
            assertTrue(busy >= 1 && busy < 8, busy + " of 8 were sent away");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void refusesAStoredHashOfAnotherKind() {
        assertThrows(IllegalStateException.class, () -> passwords.matches("x".toCharArray(), "{SHA}abc"));
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        java.util.Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
