package org.hmsach.identity.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.people.Keys;
import org.hmsach.identity.internal.people.People;
import org.hmsach.identity.internal.people.Person;
import org.hmsach.identity.internal.secret.Secrets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class IdentityAuthenticatorTest {
    private Rig rig;
    private Person ann;
    private UUID account;

    @BeforeEach
    void open() throws SQLException {
        rig = new Rig();
        ann = rig.person("ann", Role.INVESTOR);
        account = rig.accountOf(ann);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void knowsAKeyAndItsAccount() {
        Keys.Made made = key(0);
        assertEquals(
                new Caller(
                        ann.id(),
                        "ann",
                        Set.of(Role.INVESTOR),
                        Optional.of(account),
                        Optional.of(made.key().id())),
                rig.byKey(made.key().id(), made.secret()).caller().orElseThrow());
    }

    @Test
    void refusesForgedExpiredAndRevokedKeys() {
        Keys.Made made = key(rig.nowMs() + 5_000);
        refused(rig.byKey(made.key().id(), made.secret() + "x"));
        refused(rig.byKey("HKAAAAAAAAAAAAAAAAAA", made.secret()));
        refused(rig.byKey(made.key().id(), ""));
        refused(rig.byKey("", ""));
        refused(rig.byKey("x".repeat(100_000), "y".repeat(100_000)));
        assertTrue(rig.byKey(made.key().id(), made.secret()).caller().isPresent());
        rig.pass(5_000);
        refused(rig.byKey(made.key().id(), made.secret()));
        Keys.Made other = key(0);
        rig.core().submit(new Commands.RevokeKey(other.key().id()), Origin.ofModule("test"));
        refused(rig.byKey(other.key().id(), other.secret()));
    }

    @Test
    void refusesTheKeyOfAPersonWhoIsShutOutOrLostTheAccount() {
        Keys.Made made = key(0);
        rig.people().setDisabled(ann.id(), true);
        rig.keys().reload();
        refused(rig.byKey(made.key().id(), made.secret()));
        rig.people().setDisabled(ann.id(), false);
        rig.keys().reload();
        assertTrue(rig.byKey(made.key().id(), made.secret()).caller().isPresent());
        rig.core().submit(new Commands.RevokeAccess(ann.id(), account), Origin.ofModule("test"));
        refused(rig.byKey(made.key().id(), made.secret()));
    }

    @Test
    void seesWhatAnotherVersionOfTheBundleChangedWithinASecond() {
        Keys other = new Keys(rig.database().another());
        Keys.Made made = key(0);
        assertTrue(other.find(made.key().id()).isPresent());
        Keys.Made late = other.make(ann, account, "late", rig.nowMs(), 0);
        new People(rig.database().another()).setDisabled(ann.id(), true);
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < end && rig.keys().find(late.key().id()).isEmpty()) {
            Thread.onSpinWait();
        }
        assertTrue(rig.keys().find(late.key().id()).orElseThrow().disabled());
        refused(rig.byKey(made.key().id(), made.secret()));
    }

    @Test
    @Timeout(60)
    void knowsKeysFromMemoryWhileTheDatabaseDoesNotAnswer() throws SQLException {
        Keys.Made made = key(0);
        rig.database().hang();
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (System.nanoTime() < end) { // longer than a look for changes stays away
            assertTrue(rig.byKey(made.key().id(), made.secret()).caller().isPresent());
        }
    }

    @Test
    void letsNoKeyInWhileNobodyKnowsWhatIsRevoked() {
        Keys.Made made = key(0);
        IdentityAuthenticator alone =
                new IdentityAuthenticator(rig.logins(), rig.keys(), new CoreSeam(List.of(), List.of()), rig::nowMs);
        Credentials credentials = new Credentials(
                Optional.of(made.key().id()),
                Optional.of(made.secret()),
                Optional.empty(),
                Optional.empty(),
                false,
                "127.0.0.1");
        assertThrows(UnavailableException.class, () -> alone.authenticate(credentials));
    }

    @Test
    void endsSessionsWhenIdleWhenOldAndOnDemand() {
        String token = rig.logins().openSession(ann.id());
        for (int i = 0; i < 5; i++) {
            rig.pass(Duration.ofMinutes(29).toMillis());
            assertTrue(rig.bySession(token, Optional.empty(), false).caller().isPresent());
        }
        rig.pass(Duration.ofMinutes(31).toMillis());
        refused(rig.bySession(token, Optional.empty(), false));
        String old = rig.logins().openSession(ann.id());
        for (int i = 0; i < 25; i++) {
            rig.pass(Duration.ofMinutes(29).toMillis());
            rig.bySession(old, Optional.empty(), false);
        }
        refused(rig.bySession(old, Optional.empty(), false));
        String closed = rig.logins().openSession(ann.id());
        rig.logins().sessions().close(closed);
        refused(rig.bySession(closed, Optional.empty(), false));
        refused(rig.bySession("forged", Optional.empty(), false));
    }

    @Test
    void wantsTheCsrfTokenForChangesOnly() {
        String token = rig.logins().openSession(ann.id());
        String other = rig.logins().openSession(ann.id());
        Authentication reading = rig.bySession(token, Optional.empty(), false);
        assertEquals(Optional.of(account), reading.caller().orElseThrow().account());
        refused(rig.bySession(token, Optional.empty(), true));
        refused(rig.bySession(token, Optional.of(Secrets.csrfToken(other)), true));
        assertTrue(rig.bySession(token, Optional.of(Secrets.csrfToken(token)), true)
                .caller()
                .isPresent());
    }

    @Test
    void shutsOutSessionsOfDisabledPeopleAndAfterANewPassword() {
        String token = rig.logins().openSession(ann.id());
        rig.people().setDisabled(ann.id(), true);
        refused(rig.bySession(token, Optional.empty(), false));
        refused(rig.byPassword("ann", Rig.PASSWORD));
        rig.people().setDisabled(ann.id(), false);
        String next = rig.logins().openSession(ann.id());
        rig.people().setPassword(ann.id(), rig.logins().passwords().hash("another password".toCharArray()));
        refused(rig.bySession(next, Optional.empty(), false));
        refused(rig.byPassword("ann", Rig.PASSWORD));
    }

    @Test
    void answersTheSameForAWrongPasswordAndAnUnknownLogin() {
        Authentication wrong = rig.byPassword("ann", "wrong");
        Authentication unknown = rig.byPassword("nobody", "wrong");
        assertEquals(wrong, unknown);
        refused(wrong);
        assertTrue(rig.byPassword("ANN", Rig.PASSWORD).caller().isPresent());
    }

    @Test
    void throttlesALoginAndForgetsAfterTheRightPassword() {
        for (int i = 0; i < 3; i++) {
            assertEquals(0, rig.byPassword(i == 0 ? "Ann" : "ann", "wrong").retryAfterSeconds());
        }
        Authentication throttled = rig.byPassword("ann", Rig.PASSWORD);
        assertEquals(1, throttled.retryAfterSeconds());
        assertTrue(throttled.caller().isEmpty(), "not even the right password gets in while throttled");
        rig.pass(1_000);
        assertTrue(rig.byPassword("ann", Rig.PASSWORD).caller().isPresent());
        assertEquals(0, rig.byPassword("ann", "wrong").retryAfterSeconds());
    }

    @Test
    void throttlesAnAddressThatTriesManyLogins() {
        for (int i = 0; i < 6; i++) {
            rig.byPassword("nobody-" + i, "wrong");
        }
        assertTrue(rig.byPassword("ann", Rig.PASSWORD).retryAfterSeconds() > 0);
        assertTrue(rig.authenticator()
                .password("ann", Rig.PASSWORD.toCharArray(), "10.0.0.1")
                .caller()
                .isPresent());
    }

    @Test
    void keepsNoSecretInTheDatabase() throws SQLException {
        Keys.Made made = key(0);
        String token = rig.logins().openSession(ann.id());
        String dump = rig.database().dump();
        assertFalse(dump.contains(made.secret()));
        assertFalse(dump.contains(token));
        assertFalse(dump.contains(Rig.PASSWORD));
        assertTrue(dump.contains("$argon2id$"));
    }

    private Keys.Made key(long expiresMs) {
        return rig.keys().make(ann, account, "test", rig.nowMs(), expiresMs);
    }

    private static void refused(Authentication answer) {
        assertTrue(answer.caller().isEmpty());
        assertTrue(answer.refusal().isPresent());
    }
}
