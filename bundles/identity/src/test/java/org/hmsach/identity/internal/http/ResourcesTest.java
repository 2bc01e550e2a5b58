package org.hmsach.identity.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Commands;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.identity.internal.login.Rig;
import org.hmsach.identity.internal.people.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ResourcesTest {
    private static final String REQUEST = "req-1";

    private Rig rig;
    private AuthResource auth;
    private UsersResource users;
    private AccountsResource accounts;
    private Person admin;
    private Person ann;

    @BeforeEach
    void open() throws SQLException {
        rig = new Rig();
        auth = new AuthResource(rig.people(), rig.logins(), rig.keys(), rig.seam());
        users = new UsersResource(rig.people(), rig.logins(), rig.keys(), rig.seam());
        accounts = new AccountsResource(rig.people(), rig.seam());
        admin = rig.person("root", Role.ADMIN, Role.OPERATOR);
        ann = rig.person("ann", Role.INVESTOR);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void logsInShowsWhoOneIsAndLogsOut() {
        UUID account = rig.accountOf(ann);
        Response in = auth.login(Map.of("login", "ann", "password", Rig.PASSWORD), request(false, ""));
        String cookie = in.getHeaderString("Set-Cookie");
        assertTrue(cookie.matches("hms_session=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict"), cookie);
        String token = cookie.substring("hms_session=".length(), cookie.indexOf(';'));
        Map<?, ?> me = (Map<?, ?>) in.getEntity();
        assertEquals(List.of(Map.of("id", account.toString(), "role", "investor")), me.get("accounts"));
        assertEquals(me, auth.me(as(ann), request(false, token)));
        String csrf = (String) me.get("csrfToken");
        assertTrue(rig.bySession(token, Optional.of(csrf), true).caller().isPresent());
        Response out = auth.logout(request(false, token));
        assertEquals(204, out.getStatus());
        assertTrue(out.getHeaderString("Set-Cookie").contains("Max-Age=0"));
        assertTrue(rig.bySession(token, Optional.of(csrf), true).caller().isEmpty());
    }

    @Test
    void namesTheCookieForTlsUnderTls() {
        Response in = auth.login(Map.of("login", "ann", "password", Rig.PASSWORD), request(true, ""));
        assertTrue(in.getHeaderString("Set-Cookie")
                .matches("__Host-hms_session=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Secure"));
    }

    @Test
    void refusesWrongPasswordsThenThrottles() {
        Map<String, Object> wrong = Map.of("login", "ann", "password", "wrong");
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    401, problem(() -> auth.login(wrong, request(false, ""))).status());
        }
        Problem throttled = problem(() -> auth.login(wrong, request(false, "")));
        assertEquals(429, throttled.status());
        assertEquals(Optional.of(1), throttled.retryAfterSeconds());
        Problem malformed = problem(() -> auth.login(Map.of("login", 5), request(false, "")));
        assertEquals(
                List.of(422, "login"),
                List.of(malformed.status(), malformed.field().orElseThrow()));
    }

    @Test
    void changesOnesOwnPassword() {
        Map<String, Object> weak = Map.of("oldPassword", Rig.PASSWORD, "newPassword", "short");
        Problem refused = problem(() -> auth.password(weak, as(ann), request(false, "")));
        assertEquals(Optional.of("newPassword"), refused.field());
        assertFalse(refused.message().contains("short "), "the password itself is not shown");
        Map<String, Object> wrong = Map.of("oldPassword", "wrong", "newPassword", "long enough, this one");
        assertEquals(
                401,
                problem(() -> auth.password(wrong, as(ann), request(false, ""))).status());
        auth.password(
                Map.of("oldPassword", Rig.PASSWORD, "newPassword", "long enough, this one"),
                as(ann),
                request(false, ""));
        assertTrue(rig.byPassword("ann", "long enough, this one").caller().isPresent());
        assertTrue(rig.byPassword("ann", Rig.PASSWORD).caller().isEmpty());
    }

    @Test
    void makesListsAndRevokesKeysOfGrantedAccountsOnly() {
        UUID account = rig.accountOf(ann);
        UUID others = rig.core().account();
        Map<String, Object> foreign = Map.of("account", others.toString(), "name", "k");
        assertEquals(404, problem(() -> auth.makeKey(foreign, as(ann))).status());
        Response made = auth.makeKey(Map.of("account", account.toString(), "name", "k", "expiresInDays", 5), as(ann));
        assertEquals(201, made.getStatus());
        Map<?, ?> key = (Map<?, ?>) made.getEntity();
        String id = (String) key.get("keyId");
        String secret = (String) key.get("secretKey");
        Caller caller = rig.byKey(id, secret).caller().orElseThrow();
        assertEquals(403, problem(() -> auth.makeKey(foreign, as(caller))).status());
        assertFalse(auth.keys(as(ann)).get(0).containsKey("secretKey"));
        assertEquals(
                404, problem(() -> auth.revokeKey(id, as(admin), REQUEST, null)).status());
        assertEquals(204, auth.revokeKey(id, as(ann), REQUEST, "key-1").getStatus());
        assertEquals(List.of(new Commands.RevokeKey(id)), rig.core().commands());
        assertEquals(REQUEST, rig.core().origins().get(0).requestId());
        assertEquals(Optional.of("key-1"), rig.core().origins().get(0).idempotencyKey());
        assertEquals(true, auth.keys(as(ann)).get(0).get("revoked"));
        assertTrue(rig.byKey(id, secret).caller().isEmpty());
    }

    @Test
    void addsPeopleWhoCanLogInAtOnce() {
        Response made = users.add(Map.of("login", "bob", "roles", List.of("investor", "trader")), as(admin));
        assertEquals(201, made.getStatus());
        Map<?, ?> bob = (Map<?, ?>) made.getEntity();
        assertTrue(rig.byPassword("bob", (String) bob.get("password")).caller().isPresent());
        Problem taken = problem(() -> users.add(Map.of("login", "bob", "roles", List.of()), as(admin)));
        assertEquals(
                List.of(422, "login"), List.of(taken.status(), taken.field().orElseThrow()));
        Problem unknown = problem(() -> users.add(Map.of("login", "c", "roles", List.of("king")), as(admin)));
        assertEquals(Optional.of("roles"), unknown.field());
        assertEquals(3, users.all().size());
    }

    @Test
    void letsOperatorsManageInvestorsAlone() {
        Person operator = rig.person("op", Role.OPERATOR);
        assertEquals(
                201,
                users.add(Map.of("login", "eve", "roles", List.of("investor")), as(operator))
                        .getStatus());
        assertEquals(
                403,
                problem(() -> users.add(Map.of("login", "m", "roles", List.of("admin")), as(operator)))
                        .status());
        assertEquals(
                403,
                problem(() -> users.resetPassword(admin.id().toString(), as(operator)))
                        .status());
        assertEquals(
                403,
                problem(() -> users.setDisabled(admin.id().toString(), Map.of("disabled", true), as(operator)))
                        .status());
    }

    @Test
    void keepsOneAdmin() {
        String id = admin.id().toString();
        assertEquals(
                422,
                problem(() -> users.setRoles(id, Map.of("roles", List.of("operator"))))
                        .status());
        assertEquals(
                422,
                problem(() -> users.setDisabled(id, Map.of("disabled", true), as(admin)))
                        .status());
        users.setRoles(ann.id().toString(), Map.of("roles", List.of("admin")));
        assertEquals(
                List.of("operator"),
                users.setRoles(id, Map.of("roles", List.of("operator"))).get("roles"));
    }

    @Test
    void shutsAPersonsKeysOutAtOnce() {
        UUID account = rig.accountOf(ann);
        Map<?, ?> key = (Map<?, ?>)
                users.makeKey(ann.id().toString(), Map.of("account", account.toString(), "name", "k"), as(admin))
                        .getEntity();
        String id = (String) key.get("keyId");
        String secret = (String) key.get("secretKey");
        assertTrue(rig.byKey(id, secret).caller().isPresent());
        users.setDisabled(ann.id().toString(), Map.of("disabled", true), as(admin));
        assertTrue(rig.byKey(id, secret).caller().isEmpty());
        assertEquals(
                404, problem(() -> users.resetPassword("nobody", as(admin))).status());
    }

    @Test
    void opensAccountsAndGrantsThroughTheDoor() {
        Map<?, ?> opened = (Map<?, ?>) accounts.open(Map.of("currency", "USD"), as(admin), REQUEST, null)
                .getEntity();
        String id = (String) opened.get("id");
        String person = ann.id().toString();
        assertEquals(
                204,
                accounts.grant(id, person, Map.of("role", "investor"), as(admin), REQUEST)
                        .getStatus());
        assertEquals(List.of(Map.of("principal", person, "login", "ann", "role", "investor")), accounts.grants(id));
        assertEquals("123.45", accounts.all().get(0).get("equity"));
        assertEquals(204, accounts.revoke(id, person, as(admin), REQUEST).getStatus());
        assertEquals(List.of(), accounts.grants(id));
        assertEquals(
                List.of(
                        new Commands.OpenAccount(org.hmsach.api.money.Currency.USD),
                        new Commands.GrantAccess(ann.id(), UUID.fromString(id), Role.INVESTOR),
                        new Commands.RevokeAccess(ann.id(), UUID.fromString(id))),
                rig.core().commands());
    }

    @Test
    void refusesGrantsThatMakeNoSenseAndChangesNothing() {
        String id = rig.core().account().toString();
        String stranger = UUID.randomUUID().toString();
        String person = ann.id().toString();
        assertEquals(404, status(() -> accounts.grant(id, stranger, Map.of("role", "investor"), as(admin), REQUEST)));
        assertEquals(404, status(() -> accounts.grant(stranger, person, Map.of("role", "trader"), as(admin), REQUEST)));
        assertEquals(422, status(() -> accounts.grant(id, person, Map.of("role", "admin"), as(admin), REQUEST)));
        assertEquals(422, status(() -> accounts.open(Map.of("currency", "QQQ"), as(admin), REQUEST, null)));
        assertEquals(422, status(() -> accounts.open(Map.of("currency", "USD"), as(admin), REQUEST, "ä")));
        assertEquals(List.of(), rig.core().commands());
        rig.core().refuse(Refused.of(Reason.ID_REUSED, "idempotency", "used before"));
        assertEquals(422, status(() -> accounts.open(Map.of("currency", "USD"), as(admin), REQUEST, "k")));
    }

    private static int status(Executable call) {
        return problem(call).status();
    }

    private static Problem problem(Executable call) {
        return assertThrows(ProblemException.class, call).problem();
    }

    private static SecurityContext as(Person person) {
        return as(new Caller(person.id(), person.login(), person.roles(), Optional.empty(), Optional.empty()));
    }

    private static SecurityContext as(Caller caller) {
        return fake(SecurityContext.class, Map.of("getUserPrincipal", caller));
    }

    private static HttpServletRequest request(boolean secure, String token) {
        Cookie[] cookies = {new Cookie("hms_session", token)};
        return fake(
                HttpServletRequest.class,
                Map.of("isSecure", secure, "getRemoteAddr", "127.0.0.1", "getCookies", cookies));
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                ResourcesTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answers.get(method.getName())));
    }
}
