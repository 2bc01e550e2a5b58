package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    private Path home;
    private Path data;

    @BeforeEach
    void oneFeature() throws Exception {
        home = folder.resolve("home");
        data = folder.resolve("data");
        new TestHome(home).feature("core", List.of(), "");
        Files.createDirectories(home.resolve("conf"));
    }

    @Test
    void takesTheStrongerOfThreeSources() throws Exception {
        Files.writeString(home.resolve("conf/hms.properties"), "hms.port=0\nhms.a=home\nhms.b=home\nhms.c=home\n");
        Files.createDirectories(data.resolve("conf"));
        Files.writeString(data.resolve("conf/hms.properties"), "hms.b=data\nhms.c=data\n");
        Map<String, String> properties =
                Settings.read(home, data, List.of(), Map.of("hms.c", "given")).properties();
        assertEquals("home", properties.get("hms.a"));
        assertEquals("data", properties.get("hms.b"));
        assertEquals("given", properties.get("hms.c"));
    }

    @Test
    void choosesAFreePortForZero() {
        Settings settings = Settings.read(home, data, List.of(), Map.of("hms.port", "0"));
        assertNotEquals("0", settings.properties().get("hms.port"));
        assertEquals("http://127.0.0.1:" + settings.properties().get("hms.port"), settings.url());
    }

    @Test
    void refusesATakenPortAndNonsense() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Map<String, String> port = Map.of("hms.port", Integer.toString(taken.getLocalPort()));
            LaunchException e = assertThrows(LaunchException.class, () -> Settings.read(home, data, List.of(), port));
            assertEquals(LaunchException.NOT_READY, e.exitCode());
        }
        for (String nonsense : List.of("-1", "65536", "http", "")) {
            LaunchException e = assertThrows(
                    LaunchException.class, () -> Settings.read(home, data, List.of(), Map.of("hms.port", nonsense)));
            assertEquals(LaunchException.USAGE, e.exitCode(), nonsense);
        }
    }

    @Test
    void makesADataFolderThatOnlyItsOwnerReads() throws Exception {
        Settings.read(home, data, List.of(), Map.of("hms.port", "0"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void replaysMarketDataWhereThereIsAFolder() {
        Map<String, String> none =
                Settings.read(home, data, List.of(), Map.of("hms.port", "0")).properties();
        assertEquals("simulated", none.get("hms.market.feed"));
        Map<String, String> some = Settings.read(
                        home, data, List.of(), Map.of("hms.port", "0", "hms.market.data", "/market"))
                .properties();
        assertEquals("replay", some.get("hms.market.feed"));
    }
}
