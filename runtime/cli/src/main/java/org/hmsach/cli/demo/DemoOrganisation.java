package org.hmsach.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.hmsach.cli.http.ApiFailure;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.cli.server.FirstLogin;
import org.hmsach.cli.server.ServerException;

/** Makes a small organisation through the public API alone, as an administrator and an operator would. */
public final class DemoOrganisation {
    private static final String CASH = "100000.00";
    private static final Duration CASH_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LOGIN_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LOGIN_PAUSE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(50);

    private DemoOrganisation() {}

    /**
     * A person with a generated password.
     *
     * @param login    login name
     * @param password shown once
     */
    public record Person(String login, String password) {}

    /**
     * An investor with an account that holds cash.
     *
     * @param login     login name
     * @param password  shown once
     * @param account   account id
     * @param keyId     API key id
     * @param secretKey API secret, shown once
     */
    public record Investor(String login, String password, String account, String keyId, String secretKey) {}

    /**
     * Everybody.
     *
     * @param operator  the first login: runs the business day, manages people, holds the compliance role, too
     * @param investors cash and no positions
     */
    public record People(Person operator, List<Investor> investors) {}

    /** Makes the investors named. */
    public static People create(String url, FirstLogin first, List<String> names)
            throws IOException, InterruptedException {
        HmsClient nobody = new HmsClient(URI.create(url));
        HmsClient operator = firstLogin(nobody, first);
        List<Investor> investors = new ArrayList<>();
        for (String name : names) {
            Investor investor = investor(operator, name);
            deposit(operator, investor.account(), CASH);
            investors.add(investor);
        }
        for (Investor investor : investors) {
            awaitCash(nobody, investor, CASH);
        }
        return new People(new Person(first.login(), first.password()), investors);
    }

    /** One investor more, with this cash, by an operator. */
    static Investor add(HmsClient operator, String name, String cash) throws IOException, InterruptedException {
        Investor investor = investor(operator, name);
        deposit(operator, investor.account(), cash);
        awaitCash(new HmsClient(operator.base()), investor, cash);
        return investor;
    }

    /** Identity writes the file before the login itself, so that no login exists whose password nobody has. */
    private static HmsClient firstLogin(HmsClient nobody, FirstLogin first) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LOGIN_TIMEOUT);
        while (true) {
            try {
                return nobody.login(first.login(), first.password());
            } catch (ApiFailure e) {
                if (e.status() != 401 || Instant.now().isAfter(end)) {
                    throw e;
                }
            }
            LockSupport.parkNanos(LOGIN_PAUSE.toNanos());
        }
    }

    private static Investor investor(HmsClient admin, String name) throws IOException, InterruptedException {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("login", name);
        user.put("name", Character.toUpperCase(name.charAt(0)) + name.substring(1));
        user.put("roles", List.of("investor"));
        JsonNode made = admin.post("/admin/v1/users", user);
        String principal = made.path("principal").asText();
        String account = admin.post("/admin/v1/accounts", Map.of("currency", "USD"))
                .path("id")
                .asText();
        admin.put("/admin/v1/accounts/" + account + "/grants/" + principal, Map.of("role", "investor"));
        JsonNode key = admin.post("/admin/v1/users/" + principal + "/keys", Map.of("account", account, "name", "demo"));
        return new Investor(
                name,
                made.path("password").asText(),
                account,
                key.path("keyId").asText(),
                key.path("secretKey").asText());
    }

    private static void deposit(HmsClient operations, String account, String cash)
            throws IOException, InterruptedException {
        JsonNode transfer = operations.post(
                "/mfe/v1/transfers",
                Map.of("account", account, "direction", "incoming", "amount", cash, "rail", "operator"));
        operations.post("/mfe/v1/transfers/" + transfer.path("id").asText() + "/approve", Map.of());
    }

    private static void awaitCash(HmsClient nobody, Investor investor, String expected)
            throws IOException, InterruptedException {
        HmsClient api = nobody.withKey(investor.keyId(), investor.secretKey());
        Instant end = Instant.now().plus(CASH_TIMEOUT);
        BigDecimal wanted = new BigDecimal(expected);
        String cash = "nothing";
        while (Instant.now().isBefore(end)) {
            cash = api.get("/v2/account").path("cash").asText("0");
            if (new BigDecimal(cash).compareTo(wanted) == 0) {
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        throw new ServerException(
                "the deposit of " + expected + " did not arrive: " + investor.login() + " has " + cash);
    }
}
