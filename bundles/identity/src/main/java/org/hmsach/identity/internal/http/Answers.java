package org.hmsach.identity.internal.http;

import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.refusal.Reason;

/** What the resources of this bundle say and ask in the same way. */
final class Answers {
    static final String MODULE = "identity";
    private static final String UUID_PATTERN = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final String KEY_PATTERN = "[\\x20-\\x7e]{1,128}";

    private Answers() {}

    static Caller caller(SecurityContext context) {
        if (context.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new ProblemException(Problem.of(401, "NOT_AUTHORISED", "request is not authorized."));
    }

    static Origin origin(Caller caller, String requestId, String idempotencyKey) {
        if (idempotencyKey != null && !idempotencyKey.matches(KEY_PATTERN)) {
            throw new ProblemException(Problem.field(
                    "Idempotency-Key",
                    idempotencyKey,
                    "1 to 128 printable ASCII characters",
                    "Idempotency-Key must be 1 to 128 printable ASCII characters"));
        }
        return new Origin(caller.id(), MODULE, requestId, Optional.ofNullable(idempotencyKey));
    }

    static UUID uuid(String what, String text) {
        if (!text.matches(UUID_PATTERN)) {
            throw notFound(what + " " + shown(text) + " does not exist");
        }
        return UUID.fromString(text);
    }

    /** The outcome, or the core's refusal as a problem. */
    static Outcome taken(Outcome outcome) {
        if (outcome.refusal().isPresent()) {
            throw new ProblemException(Problem.of(outcome.refusal().get()));
        }
        return outcome;
    }

    /** For commands that may be repeated: done before is as good as done now. */
    static void takenOnce(Outcome outcome) {
        if (outcome.refusal().filter(r -> r.reason() == Reason.ALREADY_DONE).isEmpty()) {
            taken(outcome);
        }
    }

    static ProblemException notFound(String message) {
        return new ProblemException(Problem.of(404, "NOT_FOUND", message));
    }

    static ProblemException forbidden(String message) {
        return new ProblemException(Problem.of(403, "NOT_AUTHORISED", message));
    }

    static List<String> names(Set<Role> roles) {
        return roles.stream().sorted().map(Role::lowerName).toList();
    }

    private static String shown(String text) {
        return "'" + (text.length() > 64 ? text.substring(0, 64) + "…" : text) + "'";
    }
}
