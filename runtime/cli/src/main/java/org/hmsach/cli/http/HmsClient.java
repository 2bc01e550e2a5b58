package org.hmsach.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Speaks JSON with a server: as nobody, in a session, or with an API key. Immutable and thread-safe. */
public final class HmsClient {
    /** One answer. */
    public record Answer(int status, Map<String, String> headers, JsonNode json, long nanos) {
        /** Whether the status is 2xx. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    private static final Duration TIME_OUT = Duration.ofSeconds(40);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient http;
    private final Map<String, String> headers;

    /** A client that is nobody. */
    public HmsClient(URI base) {
        this(base, HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build(), Map.of());
    }

    private HmsClient(URI base, HttpClient http, Map<String, String> headers) {
        this.base = base;
        this.http = http;
        this.headers = new TreeMap<>(headers);
    }

    /** The server's address. */
    public URI base() {
        return base;
    }

    /** The same server with an API key. */
    public HmsClient withKey(String keyId, String secretKey) {
        return new HmsClient(base, http, Map.of("APCA-API-KEY-ID", keyId, "APCA-API-SECRET-KEY", secretKey));
    }

    /** The same with one header more. */
    public HmsClient with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HmsClient(base, http, more);
    }

    /** The same server in a session of the person. @throws ApiFailure when the login is refused */
    public HmsClient login(String login, String password) throws IOException, InterruptedException {
        Answer answer = send("POST", "/auth/v1/login", Map.of("login", login, "password", password));
        if (!answer.ok()) {
            throw new ApiFailure("POST", "/auth/v1/login", answer);
        }
        String cookie = Optional.ofNullable(answer.headers().get("set-cookie")).orElse("");
        return new HmsClient(
                base,
                http,
                Map.of(
                        "Cookie", cookie.replaceFirst(";.*", ""),
                        "X-CSRF-Token", answer.json().path("csrfToken").asText()));
    }

    /** GET; fails on anything but 2xx. */
    public JsonNode get(String path) throws IOException, InterruptedException {
        return checked("GET", path, null);
    }

    /** POST; fails on anything but 2xx. */
    public JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return checked("POST", path, body);
    }

    /** PUT; fails on anything but 2xx. */
    public JsonNode put(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return checked("PUT", path, body);
    }

    /** PATCH; fails on anything but 2xx. */
    public JsonNode patch(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return checked("PATCH", path, body);
    }

    /** DELETE; fails on anything but 2xx. */
    public JsonNode delete(String path) throws IOException, InterruptedException {
        return checked("DELETE", path, null);
    }

    /** Any request; the answer tells how it went. @param body JSON object, or null for none */
    public Answer send(String method, String path, Map<String, ?> body) throws IOException, InterruptedException {
        if (body == null) {
            return send(path, request -> request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        HttpRequest.BodyPublisher publisher = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        return send(path, request -> request.method(method, publisher).header("Content-Type", "application/json"));
    }

    /** Sends a file with POST; the answer tells how it went. */
    public Answer upload(String path, Path file) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher = HttpRequest.BodyPublishers.ofFile(file);
        return send(path, request -> request.POST(publisher).header("Content-Type", "application/octet-stream"));
    }

    private Answer send(String path, UnaryOperator<HttpRequest.Builder> content)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                content.apply(HttpRequest.newBuilder(base.resolve(path)).timeout(TIME_OUT));
        headers.forEach(request::header);
        long start = System.nanoTime();
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        long nanos = System.nanoTime() - start;
        Map<String, String> first = new TreeMap<>();
        response.headers().map().forEach((name, values) -> first.put(name, values.get(0)));
        return new Answer(response.statusCode(), first, parse(response.body()), nanos);
    }

    private JsonNode checked(String method, String path, Map<String, ?> body) throws IOException, InterruptedException {
        Answer answer = send(method, path, body);
        if (!answer.ok()) {
            throw new ApiFailure(method, path, answer);
        }
        return answer.json();
    }

    private static JsonNode parse(byte[] body) throws IOException {
        if (body.length == 0) {
            return JSON.nullNode();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(new String(body, StandardCharsets.UTF_8));
        }
    }
}
