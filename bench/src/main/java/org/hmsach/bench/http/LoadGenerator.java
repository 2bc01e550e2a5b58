package org.hmsach.bench.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Sends requests over persistent connections, one in flight on each, and measures receipt of every answer. */
final class LoadGenerator {
    /** What one round saw. */
    record Round(long answers, long nanos, Histogram latencyNanos) {
        /** Answers a second. */
        double perSecond() {
            return answers * 1e9 / nanos;
        }
    }

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final URI target;
    private final String headers;
    private final Supplier<String> bodies;

    /**
     * @param target  what to POST to
     * @param headers further header lines, each ended by CR LF
     * @param bodies  a new JSON body each time; called from several threads
     */
    LoadGenerator(URI target, String headers, Supplier<String> bodies) {
        this.target = target;
        this.headers = headers;
        this.bodies = bodies;
    }

    /** Sends for the given time over so many connections. @throws IOException on any answer but 200 */
    Round run(int connections, long millis) throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(connections);
        List<Future<Histogram>> clients = new ArrayList<>();
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        for (int i = 0; i < connections; i++) {
            clients.add(pool.submit(() -> client(end)));
        }
        Histogram all = new Histogram(LONGEST_NANOS, 3);
        try {
            for (Future<Histogram> client : clients) {
                all.add(client.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        return new Round(all.getTotalCount(), System.nanoTime() - start, all);
    }

    private Histogram client(long end) throws IOException {
        Histogram latency = new Histogram(LONGEST_NANOS, 3);
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()), 5_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
            while (System.nanoTime() < end) {
                byte[] request = request();
                long sent = System.nanoTime();
                out.write(request);
                readAnswer(in);
                latency.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - sent));
            }
        }
        return latency;
    }

    private byte[] request() {
        byte[] body = bodies.get().getBytes(StandardCharsets.UTF_8);
        String head = "POST " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n";
        byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
        byte[] request = java.util.Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, request, bytes.length, body.length);
        return request;
    }

    private static void readAnswer(InputStream in) throws IOException {
        String status = line(in);
        long length = -1;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(lower.substring(15).trim());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            }
        }
        String body = chunked ? chunks(in) : text(in, Math.max(0, length));
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException(status + " " + body);
        }
    }

    private static String chunks(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.append(text(in, size));
            line(in);
        }
        line(in);
        return body.toString();
    }

    private static String text(InputStream in, long length) throws IOException {
        byte[] bytes = in.readNBytes(Math.toIntExact(length));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed after '" + line + "'");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
