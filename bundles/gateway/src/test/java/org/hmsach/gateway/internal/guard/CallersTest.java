package org.hmsach.gateway.internal.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.gateway.internal.board.Parking;
import org.junit.jupiter.api.Test;

class CallersTest {
    private static final Credentials KEY = null;

    private final CountDownLatch parked = new CountDownLatch(1);

    @Test
    void waitsForTheSuccessorOfIdentityThatIsBeingReplaced() throws Exception {
        Callers callers = callers(Duration.ofSeconds(30));
        Authenticator before = answering("before");
        callers.addAuthenticator(before, Map.of());
        callers.removeAuthenticator(before);
        CompletableFuture<Authentication> answer = CompletableFuture.supplyAsync(() -> callers.authenticate(KEY));
        assertTrue(parked.await(30, TimeUnit.SECONDS), "the request waits");
        callers.addAuthenticator(answering("after"), Map.of());
        assertEquals("after", detail(answer.get(30, TimeUnit.SECONDS)));
    }

    @Test
    void asksTheFirstOfTwoUntilItGoes() {
        Callers callers = callers(Duration.ZERO);
        Authenticator old = answering("old");
        callers.addAuthenticator(old, Map.of());
        callers.addAuthenticator(answering("new"), Map.of());
        assertEquals("old", detail(callers.authenticate(KEY)));
        callers.removeAuthenticator(old);
        assertEquals("new", detail(callers.authenticate(KEY)));
    }

    @Test
    void tellsWhenToComeBackWhenTheSuccessorTakesTooLong() {
        Callers callers = callers(Duration.ZERO);
        Authenticator before = answering("before");
        callers.addAuthenticator(before, Map.of());
        callers.removeAuthenticator(before);
        UnavailableException away = assertThrows(UnavailableException.class, () -> callers.authenticate(KEY));
        assertEquals("MODULE_SWAPPING", away.code());
        assertEquals(OptionalInt.of(1), away.retryAfterSeconds());
    }

    @Test
    void saysByNameThatIdentityIsNotInstalled() {
        Callers callers = callers(Duration.ofSeconds(30));
        UnavailableException away = assertThrows(UnavailableException.class, () -> callers.authenticate(KEY));
        assertEquals("MODULE_ABSENT", away.code());
        assertEquals(OptionalInt.empty(), away.retryAfterSeconds());
    }

    private Callers callers(Duration patience) {
        return new Callers(new Parking(1, patience, change -> parked.countDown()), List.of());
    }

    private static Authenticator answering(String detail) {
        return new Authenticator() {
            @Override
            public Authentication authenticate(Credentials credentials) {
                Refused refused = Refused.of(Reason.NOT_AUTHORISED, "key", detail);
                return new Authentication(Optional.empty(), Optional.of(refused), 0);
            }

            @Override
            public Authentication password(String login, char[] password, String remoteAddress) {
                throw new UnsupportedOperationException("not asked for here");
            }
        };
    }

    private static String detail(Authentication answer) {
        return answer.refusal().orElseThrow().detail();
    }
}
