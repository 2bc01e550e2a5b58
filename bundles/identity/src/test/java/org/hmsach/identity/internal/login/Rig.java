package org.hmsach.identity.internal.login;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.people.Keys;
import org.hmsach.identity.internal.people.People;
import org.hmsach.identity.internal.people.Person;
import org.hmsach.identity.internal.people.TestStore;

/** Everything of identity put together over a real database, with a clock to turn. */
public final class Rig implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery";

    private final TestStore database = new TestStore();
    private final AtomicLong nowMs = new AtomicLong(System.currentTimeMillis());
    private final FakeCore core = new FakeCore();
    private final CoreSeam seam = core.seam();
    private final People people = new People(database.store());
    private final Keys keys = new Keys(database.store());
    private final Logins logins = new Logins(people, database.store(), seam, policy(), nowMs::get);
    private final IdentityAuthenticator authenticator = new IdentityAuthenticator(logins, keys, seam, nowMs::get);

    public Rig() throws SQLException {}

    /** The defaults, with fewer free attempts. */
    private static LoginPolicy policy() {
        return new LoginPolicy(Duration.ofMinutes(30), Duration.ofHours(12), false, 2, 3, 6, Path.of("target"));
    }

    public TestStore database() {
        return database;
    }

    public FakeCore core() {
        return core;
    }

    public CoreSeam seam() {
        return seam;
    }

    public People people() {
        return people;
    }

    public Keys keys() {
        return keys;
    }

    public Logins logins() {
        return logins;
    }

    public IdentityAuthenticator authenticator() {
        return authenticator;
    }

    public long nowMs() {
        return nowMs.get();
    }

    public void pass(long ms) {
        nowMs.addAndGet(ms);
    }

    public Person person(String login, Role... roles) {
        Person person = new Person(UUID.randomUUID(), login, login, Set.of(roles), false);
        people.add(person, logins.passwords().hash(PASSWORD.toCharArray()), nowMs.get());
        return person;
    }

    public UUID accountOf(Person person) {
        UUID account = core.account();
        core.grant(person.id(), account, Role.INVESTOR);
        return account;
    }

    public Authentication byKey(String id, String secret) {
        return authenticator.authenticate(new Credentials(
                Optional.of(id), Optional.of(secret), Optional.empty(), Optional.empty(), true, "127.0.0.1"));
    }

    public Authentication bySession(String token, Optional<String> csrf, boolean changes) {
        return authenticator.authenticate(
                new Credentials(Optional.empty(), Optional.empty(), Optional.of(token), csrf, changes, "127.0.0.1"));
    }

    public Authentication byPassword(String login, String password) {
        return authenticator.password(login, password.toCharArray(), "127.0.0.1");
    }

    @Override
    public void close() {
        keys.close();
        database.close();
    }
}
