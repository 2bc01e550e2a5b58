package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.trust.ThrowawayKey;
import org.junit.jupiter.api.Test;

/**
 * Two operators in front of the Web Console's page: a vendor's check, built outside the reactor, is refused, trusted,
 * brought in, shadowed, promoted, updated, rolled back and removed, while a client sends orders.
 */
class ModulesPageIT {
    private static final String MODULE = "com.acme.maxshares";
    private static final String RULE = "acme.max-shares";
    private static final String MARKUP = "50 after all <img src=x onerror=alert(1)>";
    private static final String SECOND = "second";
    private static final int ORDERS = 9;

    private Path jars;

    @Test
    void bringsAVendorsCheckInAndOutAgain() throws Exception {
        try (Chromium chromium = Chromium.start();
                Server server = Server.start("core,gov,mkt,mfe,console", "hms.market.session=open")) {
            jars = Files.createDirectory(server.data().resolve("vendor"));
            ThrowawayKey acme = ThrowawayKey.make("Acme");
            Page first = page(chromium, server, server.operatorLogin(), server.operatorPassword());
            Page second = page(chromium, server, SECOND, secondOperator(server));
            HmsClient client = server.as(server.investor("shadowed", "10000000.00"));

            install(first, server, acme);
            shadow(first, client, signed(acme, "1.1.0", 50));
            promote(first, second);
            require(server, List.of("gov.instrument", RULE));
            assertEquals(403, order(client, 60).status(), "the promoted version serves");
            updateAndRollBack(first, client, signed(acme, "1.2.0", 70));
            remove(second, server);
            assertEquals(200, order(client, 1000).status(), "nothing of the vendor's is asked any more");
            assertEquals(List.of(), chromium.errors(), "console errors");
        }
    }

    private void install(Page page, Server server, ThrowawayKey acme) throws Exception {
        preview(page, version("1.0.0", 100));
        message(page, "it is not signed");
        Chromium.shoot(page, "modules-1-not-signed");
        Path jar = signed(acme, "1.0.0", 100);
        preview(page, jar);
        message(page, "nobody knows its signer");
        trust(server, acme);
        preview(page, jar);
        page.locator("#hms-previewed").getByText("nothing of that name is here").waitFor();
        Chromium.shoot(page, "modules-2-preview");
        confirm(page, "the desk wants a limit", "#hms-update");
        ended(page, "DONE");
        serves(page, "1.0.0");
        Chromium.shoot(page, "modules-3-installed");
    }

    private static void shadow(Page page, HmsClient client, Path jar) throws IOException, InterruptedException {
        preview(page, jar);
        page.locator("#hms-previewed").getByText("replaced side by side").waitFor();
        confirm(page, "to see whom 50 would stop", "#hms-shadow");
        running(page).waitFor();
        for (int i = 0; i < ORDERS; i++) {
            assertEquals(200, order(client, i % 3 == 0 ? 60 : 1).status(), "the serving version lets 100 pass");
        }
        running(page).getByText("Report").click();
        page.locator("#hms-report td")
                .getByText("quantity 60 is above the limit 50")
                .first()
                .waitFor();
        running(page)
                .locator("td.number")
                .nth(1)
                .getByText(Integer.toString(ORDERS), new Locator.GetByTextOptions().setExact(true))
                .waitFor();
        assertEquals("3", running(page).locator("td.number").nth(2).textContent(), "stricter");
        Chromium.shoot(page, "modules-4-report");
    }

    private static void promote(Page first, Page second) {
        running(first).getByText("Promote").click();
        said(first, "it looks right to me", 200);
        message(first, "a second person promotes");
        second.reload();
        running(second).getByText("Promote").click();
        Chromium.shoot(second, "modules-5-promote");
        said(second, "3 orders of 9, all too large", 200);
        ended(second, "DONE");
        serves(second, "1.1.0");
        Chromium.shoot(second, "modules-6-promoted");
    }

    private static void updateAndRollBack(Page page, HmsClient client, Path jar)
            throws IOException, InterruptedException {
        page.reload();
        preview(page, jar);
        page.locator("#hms-previewed").getByText("replaced side by side").waitFor();
        confirm(page, "70 will do", "#hms-update");
        ended(page, "DONE");
        serves(page, "1.2.0");
        assertEquals(200, order(client, 60).status(), "the updated version serves");
        row(page, "1.2.0").getByText("Roll back").click();
        said(page, MARKUP, 200);
        page.locator("#hms-head").getByText("rollback of " + MODULE).waitFor();
        ended(page, "DONE");
        serves(page, "1.1.0");
        assertEquals(403, order(client, 60).status(), "the version before serves again");
        page.locator("#hms-operations").getByText(MARKUP).waitFor();
        assertEquals(0, page.locator("#hms-modules img").count(), "what a person wrote stays text");
        Chromium.shoot(page, "modules-7-rolled-back");
    }

    private static void remove(Page page, Server server) throws IOException, InterruptedException {
        page.reload();
        row(page, "1.1.0").getByText("Remove").click();
        message(page, "answers the required rules");
        require(server, List.of("gov.instrument"));
        row(page, "1.1.0").getByText("Remove").click();
        page.locator("#hms-ask").getByText("taken out until").waitFor();
        Chromium.shoot(page, "modules-8-remove");
        page.locator("#hms-ask-why").fill("the contract with Acme has ended");
        page.locator("#hms-ask-yes").click();
        ended(page, "DONE");
        page.waitForCondition(() -> page.locator("#hms-list tr[data-name='" + MODULE + "']:not([data-state='absent'])")
                        .count()
                == 0);
        Chromium.shoot(page, "modules-9-removed");
        JsonNode last = null;
        for (JsonNode one : server.operator().get("/admin/v1/modules/operations")) {
            last = one;
        }
        assertEquals("remove", last.path("request").path("kind").asText(), last.toString());
        assertEquals(SECOND, last.path("request").path("who").asText());
        assertEquals(
                "the contract with Acme has ended",
                last.path("request").path("why").asText());
    }

    // ---- the page

    private static Page page(Chromium chromium, Server server, String login, String password) {
        Page page = chromium.page(
                new Browser.NewContextOptions().setHttpCredentials(login, password),
                error -> Chromium.isAgain(error) || error.contains("422"));
        page.navigate(server.url().resolve("/system/console/hms-modules").toString());
        page.locator("#hms-list tr[data-name='org.hmsach.gov.checks']").waitFor();
        return page;
    }

    private static void preview(Page page, Path jar) {
        page.locator("#hms-jar").setInputFiles(jar);
        page.locator("#hms-preview").click();
    }

    private static void confirm(Page page, String why, String button) {
        page.locator("#hms-why").fill(why);
        page.locator("#hms-watch").fill("200");
        page.locator(button).click();
    }

    private static void said(Page page, String why, int watchMs) {
        page.locator("#hms-ask-why").fill(why);
        page.locator("#hms-ask-watch").fill(Integer.toString(watchMs));
        page.locator("#hms-ask-yes").click();
    }

    private static String message(Page page, String part) {
        Locator message = page.locator("#hms-message").getByText(part);
        message.waitFor();
        return message.textContent();
    }

    private static void ended(Page page, String phase) {
        page.locator("#hms-progress[data-phase='" + phase + "']").waitFor();
    }

    private static Locator row(Page page, String version) {
        return page.locator("#hms-list tr[data-name='" + MODULE + "'][data-version='" + version + "']");
    }

    private static void serves(Page page, String version) {
        Locator row = row(page, version);
        row.getByText("active").waitFor();
        row.getByText("acme", new Locator.GetByTextOptions().setExact(true)).waitFor();
    }

    private static Locator running(Page page) {
        return page.locator("#hms-shadows tr[data-state='running']");
    }

    // ---- the vendor, the organisation, the client

    /** What the vendor's build made, or the same with another version and limit, as a next release would be. */
    private Path version(String version, int limit) throws IOException {
        Path jar = jars.resolve("acme-" + version + "-unsigned.jar");
        try (JarInputStream in = new JarInputStream(Files.newInputStream(VendorIT.vendorsJar()))) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream bytes = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(bytes, manifest)) {
                for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    byte[] content = in.readAllBytes();
                    boolean component = Pattern.matches("OSGI-INF/[^/]+\\.xml", entry.getName());
                    out.write(component ? limited(content, limit) : content);
                }
            }
        }
        return jar;
    }

    private static byte[] limited(byte[] xml, int limit) {
        String text = new String(xml, StandardCharsets.UTF_8);
        assertTrue(text.contains("value=\"100\""), text);
        return text.replace("value=\"100\"", "value=\"" + limit + "\"").getBytes(StandardCharsets.UTF_8);
    }

    private Path signed(ThrowawayKey acme, String version, int limit) throws IOException {
        Path signed = jars.resolve("acme-" + version + ".jar");
        acme.sign(version(version, limit), signed);
        return signed;
    }

    private void trust(Server server, ThrowawayKey acme)
            throws IOException, InterruptedException, CertificateEncodingException {
        String encoded =
                Base64.getMimeEncoder().encodeToString(acme.certificate().getEncoded());
        Path pem = Files.writeString(
                jars.resolve("acme.pem"), "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
        String hms = Home.distribution().resolve("bin/hms").toString();
        String data = server.data().toString();
        Tool.Result added = Tool.run(
                Home.distribution(),
                Map.of(),
                60,
                List.of(
                        hms,
                        "trust",
                        "add",
                        pem.toString(),
                        "--name",
                        "acme",
                        "--spi",
                        "gov",
                        "--bundles",
                        "com.acme.*",
                        "--data",
                        data));
        assertEquals(0, added.status(), added.output());
    }

    private static String secondOperator(Server server) throws IOException, InterruptedException {
        return server.operator()
                .post("/admin/v1/users", Map.of("login", SECOND, "roles", List.of("operator")))
                .path("password")
                .asText();
    }

    private static void require(Server server, List<String> rules) throws IOException, InterruptedException {
        server.operator().put("/gov/v1/required-rules", Map.of("rules", rules));
    }

    private static HmsClient.Answer order(HmsClient client, int qty) throws IOException, InterruptedException {
        Map<String, Object> order = new HashMap<>();
        order.put("symbol", "IBM");
        order.put("qty", Integer.toString(qty));
        order.put("side", "buy");
        order.put("type", "market");
        order.put("time_in_force", "day");
        order.put("client_order_id", UUID.randomUUID().toString());
        return client.send("POST", "/v2/orders", order);
    }
}
