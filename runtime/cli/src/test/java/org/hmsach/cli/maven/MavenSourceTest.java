package org.hmsach.cli.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hmsach.cli.server.ServerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenSourceTest {
    private static final String JAR = "/com/acme/check/1.0/check-1.0.jar";
    private static final MavenId ID = new MavenId("com.acme", "check", "1.0");

    private final Map<String, String> served = new ConcurrentHashMap<>();
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = served.get(exchange.getRequestURI().getPath());
            byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private MavenSource source(Optional<URI> remote) {
        return new MavenSource(folder.resolve("m2"), remote);
    }

    private Optional<URI> address() {
        return Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private String refused(MavenId id) {
        return assertThrows(ServerException.class, () -> source(address()).jar(id, folder))
                .getMessage();
    }

    @Test
    void takesWhatTheChecksumBesideItConfirms() throws Exception {
        served.put(JAR, "abc");
        served.put(JAR + ".sha1", "a9993e364706816aba3e25717850c26c9cd0d89d  check-1.0.jar\n");
        assertEquals("abc", Files.readString(source(address()).jar(ID, folder)));
        served.put(JAR + ".sha256", "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
        assertEquals("abc", Files.readString(source(address()).jar(ID, folder)));
        served.put(JAR, "abd");
        assertTrue(refused(ID).contains("but beside it stands BA7816BF"), refused(ID));
    }

    @Test
    void takesNothingWithoutChecksumNorSnapshotsNorWhatIsNotThere() {
        assertTrue(refused(ID).contains("answers 404"), refused(ID));
        served.put(JAR, "abc");
        assertTrue(refused(ID).contains("has no checksum beside it"), refused(ID));
        assertTrue(refused(new MavenId("com.acme", "check", "1.0-SNAPSHOT")).contains("a snapshot is not fetched"));
    }

    @Test
    void asksNobodyWhenItIsInTheLocalRepositoryOrNoAddressWasGiven() throws Exception {
        Path here = folder.resolve("m2" + JAR);
        assertThrows(ServerException.class, () -> source(Optional.empty()).jar(ID, folder));
        Files.createDirectories(here.getParent());
        Files.writeString(here, "local");
        assertEquals(here, source(address()).jar(ID, folder));
    }

    @Test
    void refusesPlainHttpToOthers() {
        for (String address : new String[] {"http://repository.example/maven", "ftp://127.0.0.1/", "https:/maven"}) {
            assertThrows(ServerException.class, () -> source(Optional.of(URI.create(address))), address);
        }
    }

    @Test
    void readsIds() {
        assertEquals(Optional.of(ID), MavenId.of("com.acme:check:1.0"));
        for (String wrong : new String[] {"com.acme:check", "a:b:c:d", "../x:b:1", "a:..:1", "a/b:c:1", ""}) {
            assertEquals(Optional.empty(), MavenId.of(wrong), wrong);
        }
    }
}
