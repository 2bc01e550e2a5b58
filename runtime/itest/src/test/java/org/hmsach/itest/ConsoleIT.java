package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** The Felix Web Console stands behind our logins, and only behind the operator's. */
class ConsoleIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void letsOnlyOperatorsIn() throws IOException, InterruptedException {
        try (Server server = Server.start("core,console")) {
            Server.Investor investor = server.investor("curious", "");
            assertEquals(401, console(server, "").statusCode(), "nobody");
            assertEquals(401, console(server, basic("admin", "admin")).statusCode(), "the factory's password");
            assertEquals(
                    401, console(server, basic(server.operatorLogin(), "wrong")).statusCode(), "a wrong one");
            assertEquals(
                    401,
                    console(server, basic(investor.login(), investor.password()))
                            .statusCode(),
                    "investor");
            HttpResponse<String> let = console(server, basic(server.operatorLogin(), server.operatorPassword()));
            assertEquals(200, let.statusCode());
            assertTrue(let.body().contains("org.hmsach.core"), "the console lists the bundles");
            keepsThePageOfModules(server, investor);
        }
    }

    private void keepsThePageOfModules(Server server, Server.Investor investor)
            throws IOException, InterruptedException {
        String operator = basic(server.operatorLogin(), server.operatorPassword());
        assertEquals(401, remove(server, "").statusCode(), "nobody");
        assertEquals(
                401,
                remove(server, basic(investor.login(), investor.password())).statusCode(),
                "investor");
        assertEquals(
                403, remove(server, operator, "Origin", "http://evil.example").statusCode(), "another site");
        HttpResponse<String> form = remove(server, operator, "Content-Type", "text/plain");
        assertEquals(415, form.statusCode(), form.body());
        HttpResponse<String> platform = remove(server, operator);
        assertEquals(422, platform.statusCode(), platform.body());
        assertTrue(platform.body().contains("part of the platform"), platform.body());
    }

    private HttpResponse<String> remove(Server server, String authorisation, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        server.url().resolve("/system/console/hms-modules/do/remove"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"target\":\"org.hmsach.core\",\"why\":\"x\"}"))
                .header("Content-Type", "application/json");
        if (!authorisation.isEmpty()) {
            request.header("Authorization", authorisation);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> console(Server server, String authorisation) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve("/system/console/bundles.json"));
        if (!authorisation.isEmpty()) {
            request.header("Authorization", authorisation);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String login, String password) {
        byte[] pair = (login + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
