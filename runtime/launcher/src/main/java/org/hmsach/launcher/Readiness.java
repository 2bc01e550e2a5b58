package org.hmsach.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Whether the port really answers: Felix logs "Failed to bind" and goes on without HTTP. */
final class Readiness {
    private static final long PAUSE_MS = 25;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private Readiness() {}

    /** Asks {@code /health/ready} until it says 200; throws with the last answer when the time is over. */
    static void await(String url, long timeoutMs) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        Readiness readiness = new Readiness();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        String last = "nothing";
        while (System.nanoTime() < end) {
            last = readiness.ask(request);
            if (last.isEmpty()) {
                return;
            }
            Thread.sleep(PAUSE_MS);
        }
        throw new LaunchException(
                LaunchException.NOT_READY, url + "/health/ready did not say 200 within " + timeoutMs + " ms: " + last);
    }

    private String ask(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? "" : response.statusCode() + " " + response.body();
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }
}
