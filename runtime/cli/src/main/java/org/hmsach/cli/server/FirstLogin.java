package org.hmsach.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The administrator's login that identity generates at the first start of a data folder.
 *
 * @param login    login name
 * @param password generated password
 */
public record FirstLogin(String login, String password) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * Reads and deletes {@code DATA/secrets/first-login.json}: whoever takes it shows it, nobody can a second time.
     *
     * @param expected whether there must be one (a new data folder): then waits for it
     */
    public static Optional<FirstLogin> take(Path data, boolean expected) {
        Path file = data.resolve("secrets/first-login.json");
        Instant end = Instant.now().plus(TIMEOUT);
        while (expected && !Files.exists(file)) {
            if (Instant.now().isAfter(end)) {
                throw new ServerException("identity wrote no first login to " + file);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return Files.exists(file) ? Optional.of(take(file)) : Optional.empty();
    }

    private static FirstLogin take(Path file) {
        try {
            JsonNode login = new ObjectMapper().readTree(file.toFile());
            Files.delete(file);
            return new FirstLogin(
                    login.path("login").asText(), login.path("password").asText());
        } catch (IOException e) {
            throw new ServerException("cannot take the first login from " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "FirstLogin[login=" + login + "]";
    }
}
