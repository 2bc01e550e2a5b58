package org.hmsach.bench.swap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.hmsach.cli.http.HmsClient;

/** How an admin replaces a module without the platform's own operation. */
enum PlainWay {
    /** The framework's own update, in place. */
    UPLOAD("uploads in the Web Console") {
        @Override
        void replace(DemoServer server, ModuleJars jars, int turn) throws IOException, InterruptedException {
            String version = "1.1." + turn;
            ConsoleForm form = ConsoleForm.upload(jars.module() + ".jar", jars.version(version));
            console(server, "bundles", form.type(), form.body());
            awaitActive(server, jars.module(), version);
        }
    },

    /** The same version again. */
    STOP_START("stops and starts in the Web Console") {
        @Override
        void replace(DemoServer server, ModuleJars jars, int turn) throws IOException, InterruptedException {
            HmsClient operator = server.operator();
            String version = row(operator, jars.module()).path("version").asText();
            action(server, jars.module(), "stop");
            action(server, jars.module(), "start");
            awaitActive(server, jars.module(), version);
        }

        private static void action(DemoServer server, String module, String action)
                throws IOException, InterruptedException {
            byte[] form = ("action=" + action).getBytes(StandardCharsets.US_ASCII);
            console(server, "bundles/" + module, "application/x-www-form-urlencoded", form);
        }
    },

    /** A file dropped into the folder that FileInstall watches, overwritten, and at last deleted. */
    DROP("drops and overwrites in the watched folder") {
        @Override
        void replace(DemoServer server, ModuleJars jars, int turn) throws IOException, InterruptedException {
            String version = "1.2." + turn;
            Path written = Files.createTempFile("hms-swap", ".part");
            Files.write(written, jars.version(version));
            Files.move(written, file(server, jars), StandardCopyOption.REPLACE_EXISTING);
            awaitActive(server, jars.module(), version);
        }

        @Override
        void end(DemoServer server, ModuleJars jars) throws IOException, InterruptedException {
            String dropped =
                    row(server.operator(), jars.module()).path("version").asText();
            Files.delete(file(server, jars));
            await(server, jars.module(), now -> !now.path("version").asText().equals(dropped) && isActive(now));
        }

        private static Path file(DemoServer server, ModuleJars jars) {
            return server.data().resolve("load").resolve(jars.module() + ".jar");
        }
    };

    private static final long PATIENCE_S = 60;

    private final String many;

    PlainWay(String many) {
        this.many = many;
    }

    /** For people, in the plural. */
    String many() {
        return many;
    }

    /** Once; returns when the module is active. */
    abstract void replace(DemoServer server, ModuleJars jars, int turn) throws IOException, InterruptedException;

    /** After the last time. */
    void end(DemoServer server, ModuleJars jars) throws IOException, InterruptedException {
        // most leave nothing behind
    }

    private static void console(DemoServer server, String path, String type, byte[] body)
            throws IOException, InterruptedException {
        int status = server.console(path, type, body);
        if (status >= 400) {
            throw new IOException("the Web Console answered " + status + " to " + path);
        }
    }

    private static void awaitActive(DemoServer server, String module, String version)
            throws IOException, InterruptedException {
        await(server, module, now -> now.path("version").asText().equals(version) && isActive(now));
    }

    private static boolean isActive(JsonNode row) {
        return row.path("state").asText().equals("active");
    }

    private static void await(DemoServer server, String module, Predicate<JsonNode> seen)
            throws IOException, InterruptedException {
        HmsClient operator = server.operator();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        JsonNode now = row(operator, module);
        while (!seen.test(now)) {
            if (System.nanoTime() > end) {
                throw new IOException(module + " is not as expected after " + PATIENCE_S + " s: " + now);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            now = row(operator, module);
        }
    }

    private static JsonNode row(HmsClient operator, String module) throws IOException, InterruptedException {
        JsonNode found = MissingNode.getInstance();
        for (JsonNode row : operator.get("/admin/v1/modules")) {
            if (row.path("symbolicName").asText().equals(module) && (found.isMissingNode() || isActive(row))) {
                found = row;
            }
        }
        return found;
    }
}
