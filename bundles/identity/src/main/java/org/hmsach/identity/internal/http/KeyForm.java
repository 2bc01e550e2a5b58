package org.hmsach.identity.internal.http;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.people.ApiKey;
import org.hmsach.identity.internal.people.Keys;
import org.hmsach.identity.internal.people.Person;

/** What a request for an API key says, and how keys are shown. */
record KeyForm(UUID account, String name, Optional<Long> expiresInDays) {
    static final int PASSWORD_MAX = 128;
    private static final int PASSWORD_MIN = 12;

    static KeyForm read(Body body) {
        KeyForm form = new KeyForm(
                body.uuid("account"), body.text("name", 64), body.optionalInteger("expiresInDays", 1, 3_650));
        body.done();
        return form;
    }

    /** Makes the key, if the account is granted to the person. */
    Keys.Made make(Keys keys, CoreSeam core, Person person) {
        if (core.portfolio().access(person.id(), account).isEmpty()) {
            throw Answers.notFound("account " + account + " is not granted to " + person.login());
        }
        long nowMs = System.currentTimeMillis();
        long expiresMs =
                expiresInDays.map(d -> nowMs + Duration.ofDays(d).toMillis()).orElse(0L);
        return keys.make(person, account, name, nowMs, expiresMs);
    }

    static Response made(Keys.Made made) {
        Map<String, Object> answer = shown(made.key(), false);
        answer.put("secretKey", made.secret());
        return Response.status(201).entity(answer).build();
    }

    static Map<String, Object> shown(ApiKey key, boolean revoked) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("keyId", key.id());
        shown.put("account", key.account().toString());
        shown.put("name", key.name());
        shown.put("createdAt", Instant.ofEpochMilli(key.createdMs()).toString());
        shown.put(
                "expiresAt",
                key.expiresMs() == 0
                        ? null
                        : Instant.ofEpochMilli(key.expiresMs()).toString());
        shown.put("revoked", revoked);
        return shown;
    }

    static String newPassword(Body body) {
        String wanted = body.text("newPassword", PASSWORD_MAX);
        if (wanted.length() < PASSWORD_MIN) {
            // the value itself stays out of the answer
            throw new ProblemException(Problem.field(
                    "newPassword",
                    wanted.length() + " characters",
                    PASSWORD_MIN + " to " + PASSWORD_MAX + " characters",
                    "newPassword has " + wanted.length() + " characters; it must have " + PASSWORD_MIN + " to "
                            + PASSWORD_MAX));
        }
        return wanted;
    }
}
