package org.hmsach.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hmsach.cli.http.HmsClient;

/** A server process started from the distribution, on data of its own. */
public final class Server implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int START_SECONDS = 120;

    private final Path data;
    private final Process process;
    private final URI url;
    private final String operatorLogin;
    private final String operatorPassword;

    private Server(Path data, Process process) throws IOException {
        this.data = data;
        this.process = process;
        this.url = URI.create(json(data.resolve("run.json")).path("url").asText());
        JsonNode login = json(data.resolve("secrets/first-login.json"));
        this.operatorLogin = login.path("login").asText();
        this.operatorPassword = login.path("password").asText();
    }

    /** Starts a server with the features on a free port and waits until it says that it is ready. */
    public static Server start(String features, String... properties) throws IOException, InterruptedException {
        return start(Files.createTempDirectory("hms-itest"), features, properties);
    }

    /** The same on a data folder that was prepared. */
    public static Server start(Path data, String features, String... properties)
            throws IOException, InterruptedException {
        Path home = Home.distribution();
        Patience.in(data);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        for (String property : properties) {
            command.add("-D" + property);
        }
        command.addAll(List.of(
                "-jar", Home.only(home.resolve("lib"), "org.hmsach.launcher").toString()));
        command.addAll(List.of("--home", home.toString(), "--data", data.toString()));
        command.addAll(List.of("--features", features, "--port", "0"));
        Path log = data.resolve("process.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.exists(data.resolve("run.json")) || !Files.exists(data.resolve("secrets/first-login.json"))) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("the server did not start with " + features + ":\n" + Files.readString(log));
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return new Server(data, process);
    }

    /** Its address. */
    public URI url() {
        return url;
    }

    /** Its data folder. */
    public Path data() {
        return data;
    }

    /** The generated operator's login name. */
    public String operatorLogin() {
        return operatorLogin;
    }

    /** The generated operator's password. */
    public String operatorPassword() {
        return operatorPassword;
    }

    /** A client that is nobody. */
    public HmsClient nobody() {
        return new HmsClient(url);
    }

    /** A client in a session of the operator. */
    public HmsClient operator() throws IOException, InterruptedException {
        return nobody().login(operatorLogin, operatorPassword);
    }

    /** Opens an account with cash for a new investor. */
    public Investor investor(String login, String cash) throws IOException, InterruptedException {
        HmsClient operator = operator();
        JsonNode user = operator.post("/admin/v1/users", Map.of("login", login, "roles", List.of("investor")));
        String principal = user.path("principal").asText();
        String account = operator.post("/admin/v1/accounts", Map.of("currency", "USD"))
                .path("id")
                .asText();
        operator.put("/admin/v1/accounts/" + account + "/grants/" + principal, Map.of("role", "investor"));
        JsonNode key =
                operator.post("/admin/v1/users/" + principal + "/keys", Map.of("account", account, "name", "itest"));
        Investor investor = new Investor(
                login,
                user.path("password").asText(),
                account,
                key.path("keyId").asText(),
                key.path("secretKey").asText());
        if (!cash.isEmpty()) {
            deposit(operator, account, cash);
        }
        return investor;
    }

    /** A new investor with their account and key. */
    public record Investor(String login, String password, String account, String keyId, String secretKey) {}

    /** A client with the investor's key. */
    public HmsClient as(Investor investor) {
        return nobody().withKey(investor.keyId(), investor.secretKey());
    }

    /** Waits for a condition over HTTP. */
    public static void await(String what, int seconds, Asked condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " did not happen within " + seconds + " s");
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** A condition that is asked until it holds. */
    public interface Asked {
        /** Whether it holds now. */
        boolean holds() throws IOException, InterruptedException;
    }

    /** Kills it as a power switch would; its data stays until it is closed. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void deposit(HmsClient operator, String account, String cash)
            throws IOException, InterruptedException {
        String path = "/mfe/v1/transfers/"
                + operator.post(
                                "/mfe/v1/transfers",
                                Map.of("account", account, "direction", "incoming", "amount", cash))
                        .path("id")
                        .asText();
        operator.post(path + "/approve", Map.of());
        await("the deposit", 60, () -> operator.get(path).path("state").asText().equals("complete"));
    }

    private static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }
}
