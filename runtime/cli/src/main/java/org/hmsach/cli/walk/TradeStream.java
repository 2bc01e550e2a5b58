package org.hmsach.cli.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to {@code trade_updates} as a broker's client would. */
final class TradeStream implements AutoCloseable, WebSocket.Listener {
    /** One trade update with the time it arrived. */
    record Update(String event, String order, JsonNode data, Instant arrived) {
        /** Milliseconds from the core's time of the event to its arrival. */
        long delayMs() {
            return Duration.between(Instant.parse(data.path("timestamp").asText()), arrived)
                    .toMillis();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Update> updates = new CopyOnWriteArrayList<>();
    private final List<String> acks = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    TradeStream(URI server, String keyId, String secretKey) throws IOException, InterruptedException {
        URI uri = URI.create(server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + "/stream");
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(uri, this)
                .join();
        send(Map.of("action", "authenticate", "data", Map.of("key_id", keyId, "secret_key", secretKey)));
        Report.await("stream authorised", () -> acks.contains("authorization"));
        send(Map.of("action", "listen", "data", Map.of("streams", List.of("trade_updates"))));
        Report.await("stream listening", () -> acks.contains("listening"));
    }

    /** The first update of that kind about the order. */
    Update await(String order, String event) throws IOException, InterruptedException {
        Report.await(event + " of " + order + " on the stream", () -> find(order, event) != null);
        return find(order, event);
    }

    private Update find(String order, String event) {
        return updates.stream()
                .filter(u -> u.order().equals(order) && u.event().equals(event))
                .findFirst()
                .orElse(null);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        webSocket.request(1);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        return onText(webSocket, StandardCharsets.UTF_8.decode(data), last);
    }

    @Override
    public void close() {
        socket.abort();
    }

    private void take(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Report.Failed("the stream sent no JSON: " + text);
        }
        String stream = message.path("stream").asText();
        JsonNode data = message.path("data");
        if (stream.equals("trade_updates")) {
            updates.add(new Update(
                    data.path("event").asText(), data.path("order").path("id").asText(), data, Instant.now()));
        } else {
            acks.add(stream);
        }
    }

    private void send(Object message) throws JsonProcessingException {
        socket.sendText(JSON.writeValueAsString(message), true).join();
    }
}
