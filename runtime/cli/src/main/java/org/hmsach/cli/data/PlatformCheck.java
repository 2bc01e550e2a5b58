package org.hmsach.cli.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.hmsach.core.internal.disk.Problem;

/** Checks what lies beside the core in a data folder: SQL file, desired set, jars, run file. */
public final class PlatformCheck {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Path data;
    private final Consumer<Problem> problems;

    private PlatformCheck(Path data, Consumer<Problem> problems) {
        this.data = data;
        this.problems = problems;
    }

    /** Tells what is wrong. */
    public static void run(Path data, Consumer<Problem> problems) throws IOException {
        PlatformCheck check = new PlatformCheck(data, problems);
        check.desiredSet();
        check.json("run.json");
        check.json("secrets/first-login.json");
        check.sql();
    }

    private void desiredSet() throws IOException {
        for (JsonNode one : json("desired.json").path("bundles")) {
            String digest = one.path("digest").asText();
            Path jar = data.resolve("bundles").resolve(digest + ".jar");
            boolean operators = one.path("origin").asText().equals("OPERATOR");
            if (!Files.exists(jar)) {
                if (operators) {
                    problem(
                            "bundles/" + digest + ".jar",
                            "the jar of " + one.path("name").asText() + " is missing");
                }
            } else if (!sha256(jar).equals(digest)) {
                problem("bundles/" + digest + ".jar", "the jar's SHA-256 is not its name");
            }
        }
    }

    private JsonNode json(String name) throws IOException {
        Path file = data.resolve(name);
        if (!Files.exists(file)) {
            return JSON.nullNode();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            problem(name, "cannot be read: " + e.getMessage());
            return JSON.nullNode();
        }
    }

    /** Every row is read; H2 checks its pages on the way. */
    private void sql() throws IOException {
        Path file = data.resolve("store/hms.mv.db");
        if (!Files.exists(file)) {
            return;
        }
        String url = "jdbc:h2:file:" + data.resolve("store/hms") + ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE";
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement();
                ResultSet script = statement.executeQuery("SCRIPT");
                Writer nowhere = Writer.nullWriter()) {
            while (script.next()) {
                nowhere.append(script.getString(1));
            }
        } catch (SQLException e) {
            problem("store/hms.mv.db", "H2 cannot read it: " + e.getMessage());
        }
    }

    private void problem(String file, String what) {
        problems.accept(new Problem(file, Problem.WHOLE, what));
    }

    static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
