package org.hmsach.identity.internal.login;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.people.IdentityStore;
import org.hmsach.identity.internal.people.People;
import org.hmsach.identity.internal.people.Person;
import org.hmsach.identity.internal.people.Sessions;
import org.hmsach.identity.internal.secret.Passwords;
import org.hmsach.identity.internal.secret.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Logging in by password: throttled, the same work and the same answer for logins that nobody has. Thread-safe. */
@Component(service = Logins.class)
public final class Logins {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long LOGIN_MAX_WAIT_MS = 60_000;
    private static final long ADDRESS_MAX_WAIT_MS = 300_000;
    private static final int LOGIN_COUNTED = 64;

    private final People people;
    private final CoreSeam core;
    private final LongSupplier clockMs;
    private final Passwords passwords;
    private final Sessions sessions;
    private final boolean cookieSecure;
    private final Throttle byLogin;
    private final Throttle byAddress;

    @Activate
    public Logins(
            @Reference People people,
            @Reference IdentityStore store,
            @Reference CoreSeam core,
            @Reference Settings settings) {
        this(people, store, core, settings.policy(), System::currentTimeMillis);
    }

    Logins(People people, IdentityStore store, CoreSeam core, LoginPolicy policy, LongSupplier clockMs) {
        this.people = people;
        this.core = core;
        this.clockMs = clockMs;
        passwords = new Passwords(policy.hashesInFlight(), PATIENCE);
        sessions = new Sessions(store, new Secrets(), policy.sessionIdle(), policy.sessionLongest());
        cookieSecure = policy.cookieSecure();
        byLogin = new Throttle(policy.freeAttemptsLogin(), LOGIN_MAX_WAIT_MS);
        byAddress = new Throttle(policy.freeAttemptsAddress(), ADDRESS_MAX_WAIT_MS);
    }

    public Passwords passwords() {
        return passwords;
    }

    public Sessions sessions() {
        return sessions;
    }

    /** Whether cookies are for TLS only, however the request came. */
    public boolean cookieSecure() {
        return cookieSecure;
    }

    /** Opens a session. @return its token */
    public String openSession(UUID person) {
        return sessions.open(person, clockMs.getAsLong());
    }

    /** Checks a password. */
    public Authentication check(String login, char[] password, String address) {
        // counted as it is looked up: other letters' case is no other login
        String lower = login.toLowerCase(Locale.ROOT);
        String name = lower.length() > LOGIN_COUNTED ? lower.substring(0, LOGIN_COUNTED) : lower;
        long nowMs = clockMs.getAsLong();
        int waitSeconds = byAddress.begin(address, nowMs);
        if (waitSeconds > 0) {
            return throttled(waitSeconds);
        }
        waitSeconds = byLogin.begin(name, nowMs);
        if (waitSeconds > 0) {
            return throttled(waitSeconds);
        }
        Optional<Person> person = inPlace(name, address, () -> verify(login, password));
        if (person.isEmpty()) {
            return refused("login or password is wrong");
        }
        byLogin.forget(name);
        byAddress.takeBack(address);
        return new Authentication(Optional.of(caller(person.get())), Optional.empty(), 0);
    }

    /** Checks a session and, for changes, its CSRF token. */
    Authentication session(String token, Optional<String> csrfToken, boolean changes) {
        Optional<Person> person = sessions.find(token, clockMs.getAsLong());
        if (person.isEmpty()) {
            return refused("the session has ended");
        }
        if (changes
                && !csrfToken
                        .map(t -> Secrets.same(t, Secrets.csrfToken(token)))
                        .orElse(false)) {
            return refused("X-CSRF-Token is missing or wrong");
        }
        return new Authentication(Optional.of(caller(person.get())), Optional.empty(), 0);
    }

    static Authentication refused(String detail) {
        return new Authentication(
                Optional.empty(), Optional.of(Refused.of(Reason.NOT_AUTHORISED, "identity", detail)), 0);
    }

    private Optional<Person> verify(String login, char[] password) {
        Optional<People.Known> known = people.byLogin(login);
        if (known.isEmpty()) {
            passwords.pretend(password);
            return Optional.empty();
        }
        String hash = known.get().passwordHash();
        Person person = known.get().person();
        if (!passwords.matches(password, hash) || person.disabled()) {
            return Optional.empty();
        }
        if (passwords.isWeak(hash)) {
            people.rehash(person.id(), passwords.hash(password));
        }
        return Optional.of(person);
    }

    /** An attempt that our own lack of room or database ended does not count. */
    private <T> T inPlace(String login, String address, Supplier<T> attempt) {
        try {
            return attempt.get();
        } catch (UnavailableException e) {
            byLogin.takeBack(login);
            byAddress.takeBack(address);
            throw e;
        }
    }

    private Caller caller(Person person) {
        return new Caller(
                person.id(), person.login(), person.roles(), core.firstAccountOf(person.id()), Optional.empty());
    }

    private static Authentication throttled(int seconds) {
        return new Authentication(
                Optional.empty(),
                Optional.of(Refused.of(
                        Reason.NOT_AUTHORISED,
                        "identity.throttle",
                        "too many wrong passwords; try again in " + seconds + " s")),
                seconds);
    }
}
