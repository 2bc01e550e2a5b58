package org.hmsach.itest.pax;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandSession;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** Replaces ops by its own command: the commands stay, each once, and no version that went is held by anybody. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class OpsPaxIT {
    private static final String OPS = "org.hmsach.ops";
    private static final String CHECKS = "org.hmsach.gov.checks";
    private static final int SWAPS = 6;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    private final HttpClient http = HttpClient.newHttpClient();
    private Container container;

    @Configuration
    public Option[] options() throws IOException {
        return new Option[] {ShippedFeatures.options("core", "gov", "mkt", "mfe", "console")};
    }

    @Before
    public void start() throws Exception {
        container = Container.start(context, configurations);
    }

    @After
    public void letServicesGo() {
        container.close();
    }

    @Test
    public void keepsItsCommandsAndLetsEachVersionGo() throws Exception {
        container.awaitActive("gov.checks");
        Path folder = Files.createTempDirectory("hms-ops");
        Installed ops = new Installed(context, OPS);
        List<Path> versions = ops.versions(folder);
        List<Path> checks = new Installed(context, CHECKS).versions(folder);
        long commands = commands();
        assertTrue("commands of hms: " + commands, commands >= 9);
        String session = login();
        ops.watch();
        for (int swap = 0; swap < SWAPS; swap++) {
            JsonNode told = typed("hms:module-update " + versions.get(swap % 2) + " --watch-ms 300 --json");
            String id = told.path("id").asText();
            Container.await(
                    () -> "the end of " + told,
                    () -> record(id).path("phase").asText().equals("DONE"));
            assertEquals("bundles named " + OPS, 1, ops.bundles().size());
            ops.watch();
            assertEquals("commands of hms after swap " + swap, commands, commands());
            // what each version does for others must not keep it: starts of their threads, answers as JSON
            JsonNode other = typed("hms:module-update " + checks.get(swap % 2) + " --watch-ms 100 --json");
            assertEquals(other.toString(), "DONE", other.path("phase").asText());
            assertEquals(200, get(session, "/admin/v1/modules/operations"));
            assertEquals(200, get(session, "/admin/v1/modules/operations/" + id));
            assertEquals(200, get(session, "/admin/v1/modules"));
        }
        ops.awaitOthersGone();
        System.out.printf("ops replaced %d times by its own command, class loaders left 0%n", SWAPS);
    }

    private JsonNode record(String id) throws Exception {
        for (JsonNode one : typed("hms:module-diag " + OPS + " --json").path("operations")) {
            if (one.path("id").asText().equals(id)) {
                return one;
            }
        }
        return JSON.missingNode();
    }

    private long commands() throws Exception {
        try (CommandSession session = container.shell()) {
            Collection<?> all = (Collection<?>) session.get(".commands");
            return all.stream().filter(one -> one.toString().startsWith("hms:")).count();
        }
    }

    /** A command that is under way while its version goes is told to ask again. */
    private JsonNode typed(String line) throws Exception {
        AtomicReference<String> said = new AtomicReference<>("");
        Container.await(() -> "an answer to " + line + ": " + said, () -> {
            said.set(container.typed(line));
            return !said.get().startsWith("not now");
        });
        return JSON.readTree(said.get());
    }

    private String login() throws Exception {
        Path file = Path.of(context.getProperty("hms.data"), "secrets", "first-login.json");
        Container.await(() -> "the first login", () -> Files.exists(file));
        JsonNode first = JSON.readTree(file.toFile());
        String body = JSON.writeValueAsString(Map.of(
                "login", first.path("login").asText(),
                "password", first.path("password").asText()));
        HttpRequest request = HttpRequest.newBuilder(url("/auth/v1/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals(answer.body(), 200, answer.statusCode());
        return answer.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private int get(String session, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url(path)).header("Cookie", session).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /** The HTTP service tells where it listens. */
    private URI url(String path) {
        Object endpoints = context.getServiceReference("org.osgi.service.servlet.runtime.HttpServiceRuntime")
                .getProperty("osgi.http.endpoint");
        String first = endpoints instanceof String[] all
                ? all[0]
                : ((Collection<?>) endpoints).iterator().next().toString();
        return URI.create(first).resolve(path);
    }
}
