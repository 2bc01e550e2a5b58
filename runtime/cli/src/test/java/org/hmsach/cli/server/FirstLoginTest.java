package org.hmsach.cli.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstLoginTest {
    @TempDir
    Path data;

    private Path write(String json) throws Exception {
        Path file = data.resolve("secrets/first-login.json");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }

    @Test
    void takesItOnceAndDeletesTheFile() throws Exception {
        Path file = write("{\"login\":\"operator\",\"password\":\"secret\"}");
        assertEquals(Optional.of(new FirstLogin("operator", "secret")), FirstLogin.take(data, true));
        assertFalse(Files.exists(file));
        assertEquals(Optional.empty(), FirstLogin.take(data, false));
    }

    @Test
    void keepsThePasswordOutOfItsText() {
        assertFalse(new FirstLogin("operator", "secret").toString().contains("secret"));
    }

    @Test
    void namesABrokenFile() throws Exception {
        write("{");
        assertThrows(ServerException.class, () -> FirstLogin.take(data, true));
    }
}
