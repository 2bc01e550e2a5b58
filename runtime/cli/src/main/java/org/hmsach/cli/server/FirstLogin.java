package org.hmsach.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The administrator's login that identity generates at the first start of a data folder.
 *
 * @param login    login name
 * @param password generated password
 */
public record FirstLogin(String login, String password) {
    /** Reads and deletes {@code DATA/secrets/first-login.json}: whoever takes it shows it, nobody can a second time. */
    public static Optional<FirstLogin> take(Path data) {
        Path file = data.resolve("secrets/first-login.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode login = new ObjectMapper().readTree(file.toFile());
            Files.delete(file);
            return Optional.of(new FirstLogin(
                    login.path("login").asText(), login.path("password").asText()));
        } catch (IOException e) {
            throw new ServerException("cannot take the first login from " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "FirstLogin[login=" + login + "]";
    }
}
