package org.hmsach.identity.internal.http;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Caller;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.login.Logins;
import org.hmsach.identity.internal.people.ApiKey;
import org.hmsach.identity.internal.people.Keys;
import org.hmsach.identity.internal.people.People;
import org.hmsach.identity.internal.people.Person;
import org.hmsach.identity.internal.secret.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Logging in and out, one's own password and one's own API keys. */
@Component(
        service = AuthResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=identity.auth", "hms.base=/auth/v1"})
@Path("")
@Consumes("application/json")
@Produces("application/json")
public final class AuthResource {
    private static final String COOKIE = "hms_session";
    private static final String HOST_COOKIE = "__Host-hms_session";

    private final People people;
    private final Logins logins;
    private final Keys keys;
    private final CoreSeam core;

    @Activate
    public AuthResource(
            @Reference People people, @Reference Logins logins, @Reference Keys keys, @Reference CoreSeam core) {
        this.people = people;
        this.logins = logins;
        this.keys = keys;
        this.core = core;
    }

    @POST
    @Path("login")
    @Consumes("application/json")
    @Produces("application/json")
    @PermitAll
    @Doc(value = "Logs in with login name and password; the answer sets the session cookie.", kind = "auth.login")
    public Response login(Map<String, Object> json, @Context HttpServletRequest request) {
        Body body = new Body(json);
        String login = body.text("login", 64);
        char[] password = body.text("password", KeyForm.PASSWORD_MAX).toCharArray();
        body.done();
        Caller caller = proved(logins.check(login, password, request.getRemoteAddr()));
        String token = logins.openSession(caller.id());
        return Response.ok(me(caller, Optional.of(token)))
                .header("Set-Cookie", cookie(request, token, ""))
                .build();
    }

    @POST
    @Path("logout")
    @Consumes("*/*")
    @Produces("application/json")
    @Doc(value = "Ends the session.", kind = "auth.logout")
    public Response logout(@Context HttpServletRequest request) {
        token(request).ifPresent(logins.sessions()::close);
        return Response.noContent()
                .header("Set-Cookie", cookie(request, "", "; Max-Age=0"))
                .build();
    }

    @GET
    @Path("me")
    @Produces("application/json")
    @Doc("Tells who is calling, with the accounts granted and the session's CSRF token.")
    public Map<String, Object> me(@Context SecurityContext security, @Context HttpServletRequest request) {
        Caller caller = Answers.caller(security);
        return me(caller, caller.keyId().isPresent() ? Optional.empty() : token(request));
    }

    @POST
    @Path("password")
    @Consumes("application/json")
    @Produces("application/json")
    @Doc("Changes one's own password; all one's sessions end.")
    public Response password(
            Map<String, Object> json, @Context SecurityContext security, @Context HttpServletRequest request) {
        Caller caller = withoutKey(security, "change a password");
        Body body = new Body(json);
        char[] old = body.text("oldPassword", KeyForm.PASSWORD_MAX).toCharArray();
        String wanted = KeyForm.newPassword(body);
        body.done();
        proved(logins.check(caller.login(), old, request.getRemoteAddr()));
        people.setPassword(caller.id(), logins.passwords().hash(wanted.toCharArray()));
        return Response.noContent().build();
    }

    @GET
    @Path("keys")
    @Produces("application/json")
    @Doc("Lists one's own API keys, without their secrets.")
    public List<Map<String, Object>> keys(@Context SecurityContext security) {
        Caller caller = Answers.caller(security);
        return keys.of(caller.id()).stream()
                .map(key -> KeyForm.shown(key, core.portfolio().isRevoked(key.id())))
                .toList();
    }

    @POST
    @Path("keys")
    @Consumes("application/json")
    @Produces("application/json")
    @Doc("Makes an API key for one of one's own accounts; the secret is shown this once.")
    public Response makeKey(Map<String, Object> json, @Context SecurityContext security) {
        Caller caller = withoutKey(security, "make another key");
        KeyForm form = KeyForm.read(new Body(json));
        Person person = people.byId(caller.id()).orElseThrow(() -> Answers.notFound("the person is gone"));
        return KeyForm.made(form.make(keys, core, person));
    }

    @DELETE
    @Path("keys/{keyId}")
    @Produces("application/json")
    @Doc("Revokes one of one's own API keys for good.")
    public Response revokeKey(
            @PathParam("keyId") String keyId,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String idempotencyKey) {
        Caller caller = Answers.caller(security);
        Optional<ApiKey> key = keys.byId(keyId).filter(k -> k.person().equals(caller.id()));
        if (key.isEmpty()) {
            throw Answers.notFound("key does not exist");
        }
        Answers.takenOnce(
                core.submit(new Commands.RevokeKey(keyId), Answers.origin(caller, requestId, idempotencyKey)));
        return Response.noContent().build();
    }

    private Map<String, Object> me(Caller caller, Optional<String> token) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("principal", caller.id().toString());
        answer.put("login", caller.login());
        answer.put("roles", Answers.names(caller.roles()));
        answer.put("accounts", accounts(caller.id()));
        token.ifPresent(t -> answer.put("csrfToken", Secrets.csrfToken(t)));
        return answer;
    }

    private List<Map<String, Object>> accounts(UUID person) {
        return core.accessOf(person).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> Map.<String, Object>of(
                        "id", e.getKey().toString(), "role", e.getValue().lowerName()))
                .toList();
    }

    private static Caller proved(Authentication answer) {
        if (answer.caller().isPresent()) {
            return answer.caller().get();
        }
        String why = answer.refusal().map(r -> r.detail()).orElse("request is not authorized.");
        boolean throttled = answer.retryAfterSeconds() > 0;
        throw new ProblemException(new Problem(
                throttled ? 429 : 401,
                throttled ? 42_910_000 : 40_110_000,
                throttled ? "THROTTLED" : "NOT_AUTHENTICATED",
                why,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                throttled ? Optional.of(answer.retryAfterSeconds()) : Optional.empty()));
    }

    private static Caller withoutKey(SecurityContext security, String what) {
        Caller caller = Answers.caller(security);
        if (caller.keyId().isPresent()) {
            throw Answers.forbidden("an API key cannot " + what + "; log in");
        }
        return caller;
    }

    private String cookie(HttpServletRequest request, String value, String more) {
        boolean secure = request.isSecure() || logins.cookieSecure();
        return (secure ? HOST_COOKIE : COOKIE) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "") + more;
    }

    private static Optional<String> token(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        return Arrays.stream(cookies)
                .filter(c -> c.getName().equals(HOST_COOKIE))
                .findFirst()
                .or(() -> Arrays.stream(cookies)
                        .filter(c -> c.getName().equals(COOKIE))
                        .findFirst())
                .map(Cookie::getValue);
    }
}
