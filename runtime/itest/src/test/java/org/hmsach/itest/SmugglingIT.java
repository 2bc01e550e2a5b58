package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One request in means one answer out: a chunk extension must not hide a second request (CVE-2026-2332). */
class SmugglingIT {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 \\d{3}");

    @Test
    void answersARequestWithAHiddenOneOnce() throws IOException, InterruptedException {
        try (Server server = Server.start("core")) {
            String hidden = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
            String payload = "POST /auth/v1/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "1;ext=\"\r\nX\r\n0\r\n\r\n" + hidden;
            assertEquals(1, answers(server, payload), "answers to one request");
        }
    }

    @Test
    void refusesContradictingLengths() throws IOException, InterruptedException {
        try (Server server = Server.start("core")) {
            String payload = "POST /auth/v1/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
            assertEquals(1, answers(server, payload), "answers to one request");
        }
    }

    private static int answers(Server server, String payload) throws IOException {
        try (Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(payload.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = STATUS_LINE.matcher(all);
            int count = 0;
            while (matcher.find()) {
                count++;
            }
            return count;
        }
    }
}
