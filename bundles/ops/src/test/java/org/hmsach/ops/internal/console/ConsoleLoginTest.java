package org.hmsach.ops.internal.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.junit.jupiter.api.Test;

class ConsoleLoginTest {
    private final Map<String, String> headers = new HashMap<>(Map.of("Host", "127.0.0.1:8080"));
    private final List<Integer> statuses = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private String method = "GET";
    private String remote = "127.0.0.1";

    private final Authenticator people = new Authenticator() {
        @Override
        public Authentication authenticate(Credentials credentials) {
            throw new IllegalStateException("the console has no sessions");
        }

        @Override
        public Authentication password(String login, char[] password, String remoteAddress) {
            asked.add(login + " " + new String(password));
            Map<String, Role> known =
                    Map.of("operator a:b", Role.OPERATOR, "root x", Role.ADMIN, "alice x", Role.INVESTOR);
            Optional<Caller> caller = Optional.ofNullable(known.get(login + " " + new String(password)))
                    .map(role ->
                            new Caller(UUID.randomUUID(), login, Set.of(role), Optional.empty(), Optional.empty()));
            return new Authentication(caller, Optional.empty(), 0);
        }
    };
    private final ConsoleLogin login =
            new ConsoleLogin(people, Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

    private Object ask(String credentials) {
        if (credentials != null) {
            byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        return login.authenticate(request(), response());
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, args) -> switch (called.getName()) {
                    case "getHeader" -> headers.get((String) args[0]);
                    case "getMethod" -> method;
                    case "getRemoteAddr" -> remote;
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, called, args) -> {
                    if (called.getName().equals("setStatus")) {
                        statuses.add((Integer) args[0]);
                    }
                    return null;
                });
    }

    @Test
    void letsOperatorsAndAdministratorsIn() {
        assertNotNull(ask("operator:a:b"));
        assertNotNull(ask("root:x"));
        assertTrue(login.authorize(ask("root:x"), "any"));
    }

    @Test
    void asksForAPasswordWhenThereIsNoneOrAWrongOne() {
        assertNull(ask(null));
        assertNull(ask("root:wrong"));
        assertNull(ask("admin:admin"));
        assertNull(ask("no colon"));
        headers.put("Authorization", "Basic %%%");
        assertNull(ask(null));
        assertEquals(List.of(401, 401, 401, 401, 401), statuses);
    }

    @Test
    void keepsInvestorsOut() {
        assertNull(ask("alice:x"));
    }

    @Test
    void answersOtherMachinesWithoutAskingAnybody() {
        remote = "192.0.2.7";
        assertNull(ask("root:x"));
        assertEquals(List.of(403), statuses);
        assertEquals(List.of(), asked);
    }

    @Test
    void refusesButtonsPressedByOtherSites() {
        method = "POST";
        headers.put("Origin", "http://evil.example");
        assertNull(ask("root:x"));
        headers.put("Origin", "http://127.0.0.1:8080");
        assertNotNull(ask("root:x"));
        headers.put("Sec-Fetch-Site", "cross-site");
        assertNull(ask("root:x"));
    }

    @Test
    void remembersAGoodPasswordForAWhileAndForgetsItAtLogout() {
        ask("root:x");
        ask("root:x");
        assertEquals(1, asked.size());
        login.logout(request(), response());
        ask("root:x");
        assertEquals(2, asked.size());
    }

    @Test
    void remembersTwoPersonsSideBySide() {
        ask("root:x");
        ask("operator:a:b");
        ask("root:x");
        ask("operator:a:b");
        assertEquals(2, asked.size());
    }
}
