package org.hmsach.cli.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hmsach.cli.http.HmsClient;

/** The people of a walk: the operator of the organisation, and an investor made for this walk. */
final class People {
    static final BigDecimal DEPOSIT = new BigDecimal("5000000.00");

    final HmsClient nobody;
    HmsClient operator;
    HmsClient investor;
    String account;
    String keyId;
    String secretKey;

    private String login;
    private String password;

    People(URI url) {
        this.nobody = new HmsClient(url);
    }

    /** The same people after the server came back at another address. */
    void move(URI url, String operatorLogin, String operatorPassword) throws IOException, InterruptedException {
        HmsClient moved = new HmsClient(url);
        operator = moved.login(operatorLogin, operatorPassword);
        investor = moved.withKey(keyId, secretKey);
    }

    void refuseWrongPassword(Report report, String operatorLogin) throws IOException, InterruptedException {
        report.step("a wrong password is refused", () -> {
            HmsClient.Answer answer = nobody.send(
                    "POST", "/auth/v1/login", Map.of("login", operatorLogin, "password", "wrong-" + UUID.randomUUID()));
            Report.same("status", 401, answer.status());
            return "401 " + answer.json().path("message").asText();
        });
    }

    void logIn(Report report, String operatorLogin, String operatorPassword) throws IOException, InterruptedException {
        report.step("the operator logs in", () -> {
            operator = nobody.login(operatorLogin, operatorPassword);
            return operator.get("/auth/v1/me").path("roles").toString();
        });
        report.step("the operator opens an investor's account", this::openAccount);
        report.step("the investor logs in and sees the account", () -> {
            JsonNode me = nobody.login(login, password).get("/auth/v1/me");
            Report.same(
                    "account of the session",
                    account,
                    me.path("accounts").path(0).path("id").asText());
            return "account " + account;
        });
    }

    void deposit(Report report) throws IOException, InterruptedException {
        report.step("deposit by the operator", () -> {
            JsonNode transfer = operator.post(
                    "/mfe/v1/transfers",
                    Map.of("account", account, "direction", "incoming", "amount", DEPOSIT.toPlainString()));
            String path = "/mfe/v1/transfers/" + transfer.path("id").asText();
            operator.post(path + "/approve", Map.of());
            Report.await(
                    "the deposit's completion",
                    () -> operator.get(path).path("state").asText().equals("complete"));
            Report.same("cash", 0, cash().compareTo(DEPOSIT));
            return "cash " + cash();
        });
    }

    /** Cash of the account by trade date. */
    BigDecimal cash() throws IOException, InterruptedException {
        return new BigDecimal(investor.get("/v2/account").path("cash").asText());
    }

    /** Quantity held of a symbol; 0 when none is. */
    BigDecimal position(String symbol) throws IOException, InterruptedException {
        HmsClient.Answer answer = investor.send("GET", "/v2/positions/" + symbol, null);
        if (answer.status() == 404) {
            return BigDecimal.ZERO;
        }
        return new BigDecimal(answer.json().path("qty").asText());
    }

    private String openAccount() throws IOException, InterruptedException {
        login = "walker-" + UUID.randomUUID().toString().substring(0, 8);
        JsonNode user = operator.post("/admin/v1/users", Map.of("login", login, "roles", List.of("investor")));
        password = user.path("password").asText();
        String principal = user.path("principal").asText();
        account = operator.post("/admin/v1/accounts", Map.of("currency", "USD"))
                .path("id")
                .asText();
        operator.put("/admin/v1/accounts/" + account + "/grants/" + principal, Map.of("role", "investor"));
        JsonNode key =
                operator.post("/admin/v1/users/" + principal + "/keys", Map.of("account", account, "name", "walk"));
        keyId = key.path("keyId").asText();
        secretKey = key.path("secretKey").asText();
        investor = nobody.withKey(keyId, secretKey);
        return login;
    }
}
