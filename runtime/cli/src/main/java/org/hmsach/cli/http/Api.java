package org.hmsach.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The public HTTP API as one caller: nobody, a session, or an API key. Thread-safe. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final String url;
    private final List<String> headers;

    private Api(String url, List<String> headers) {
        this.url = url;
        this.headers = headers;
    }

    /**
     * One answer.
     *
     * @param status  HTTP status
     * @param body    the JSON body; a missing node when there is none
     * @param headers all headers
     */
    public record Answer(int status, JsonNode body, Map<String, List<String>> headers) {
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    /** A caller without credentials. */
    public static Api anonymous(String url) {
        return new Api(url, List.of());
    }

    /** A caller with an API key. */
    public static Api withKey(String url, String keyId, String secretKey) {
        return new Api(url, List.of("APCA-API-KEY-ID", keyId, "APCA-API-SECRET-KEY", secretKey));
    }

    /** Logs in; refused credentials are an {@link ApiException} with status 401. */
    public static Api login(String url, String login, String password) {
        Api nobody = anonymous(url);
        Answer answer = nobody.send("POST", "/auth/v1/login", Map.of("login", login, "password", password));
        if (!answer.ok()) {
            throw new ApiException("POST /auth/v1/login", answer);
        }
        String cookie = answer.headers().getOrDefault("set-cookie", List.of()).stream()
                .map(one -> one.split(";", 2)[0])
                .reduce((a, b) -> a + "; " + b)
                .orElseThrow(() -> new ApiException("POST /auth/v1/login sent no cookie", answer));
        return new Api(
                url,
                List.of(
                        "Cookie",
                        cookie,
                        "X-CSRF-Token",
                        answer.body().path("csrfToken").asText()));
    }

    public String url() {
        return url;
    }

    /** GET; anything but 2xx is an {@link ApiException}. */
    public JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** POST; anything but 2xx is an {@link ApiException}. */
    public JsonNode post(String path, Map<String, ?> body) {
        return call("POST", path, body);
    }

    /** PUT; anything but 2xx is an {@link ApiException}. */
    public JsonNode put(String path, Map<String, ?> body) {
        return call("PUT", path, body);
    }

    /** Any method, any answer; {@code body} null sends none. */
    public Answer send(String method, String path, Map<String, ?> body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(30));
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            if (body == null) {
                request.method(method, HttpRequest.BodyPublishers.noBody());
            } else {
                request.header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
            }
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    parse(response.body()),
                    response.headers().map());
        } catch (IOException e) {
            throw new ApiException(method + " " + path + " got no answer from " + url + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted in " + method + " " + path, e);
        }
    }

    private JsonNode call(String method, String path, Map<String, ?> body) {
        Answer answer = send(method, path, body);
        if (!answer.ok()) {
            throw new ApiException(method + " " + path, answer);
        }
        return answer.body();
    }

    private static JsonNode parse(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.getNodeFactory().textNode(body); // not JSON, e.g. /metrics: shown as it came
        }
    }
}
