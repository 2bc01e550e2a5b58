package org.hmsach.bench.streams;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The clients of one side, as a process: each line of input names how many messages to wait for and a file for what one
 * of them got; the answers are {@code armed}, then what was seen.
 */
final class Load {
    private static final Duration BOUND = Duration.ofMinutes(5);
    private static final int OTHER_FILES = 200;

    private Load() {}

    /** @param args port, number of sockets, and for WebSocket the API key's id and secret */
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[1]);
        requireFiles(count);
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0]));
        Optional<Sockets.Greeting> greeting =
                args.length > 2 ? Optional.of(greeting(server.getPort(), args[2], args[3])) : Optional.empty();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (Sockets sockets = new Sockets(server, count, greeting)) {
            System.out.println("ready");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ");
                sockets.begin();
                System.out.println("armed");
                Sockets.Seen seen = sockets.await(Long.parseLong(words[0]), BOUND);
                Files.write(Path.of(words[1]), seen.ofOne());
                System.out.println(seen.messages() + " " + seen.bytes() + " "
                        + seen.delayNanos().getValueAtPercentile(50) + " "
                        + seen.delayNanos().getValueAtPercentile(99));
            }
        }
    }

    /** Every socket is an open file, here and in the server. */
    static void requireFiles(int sockets) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                && unix.getMaxFileDescriptorCount() < sockets + OTHER_FILES) {
            throw new IllegalStateException(sockets + " sockets need " + (sockets + OTHER_FILES) + " open files, "
                    + unix.getMaxFileDescriptorCount() + " are allowed: raise the limit with ulimit -n, or name fewer");
        }
    }

    private static Sockets.Greeting greeting(int port, String keyId, String secretKey) {
        String upgrade = "GET /stream HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n";
        return new Sockets.Greeting(
                upgrade,
                List.of(
                        "{\"action\":\"authenticate\",\"data\":{\"key_id\":\"" + keyId + "\",\"secret_key\":\""
                                + secretKey + "\"}}",
                        "{\"action\":\"listen\",\"data\":{\"streams\":[\"trade_updates\"]}}"));
    }
}
