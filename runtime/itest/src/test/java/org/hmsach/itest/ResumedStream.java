package org.hmsach.itest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens to trade updates; told to come again, it connects anew and goes on behind the last event that it saw. */
final class ResumedStream implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRY_LATER = 1013;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;
    private final Server.Investor investor;
    private final List<Integer> closes = new CopyOnWriteArrayList<>();
    private final List<JsonNode> updates = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile long position = -1;
    private volatile boolean ended;
    private volatile WebSocket socket;

    ResumedStream(URI server, Server.Investor investor) {
        this.uri = URI.create(server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "") + "/stream");
        this.investor = investor;
        connect();
    }

    private void connect() {
        socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
        send(Map.of(
                "action",
                "authenticate",
                "data",
                Map.of("key_id", investor.keyId(), "secret_key", investor.secretKey())));
        Map<String, Object> streams = Map.of("streams", List.of("trade_updates"));
        send(Map.of(
                "action",
                "listen",
                "data",
                position < 0
                        ? streams
                        : Map.of("streams", List.of("trade_updates"), "since", Long.toString(position))));
    }

    private void send(Object message) {
        try {
            socket.sendText(JSON.writeValueAsString(message), true).join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.has("tape")) {
                position = message.path("tape").asLong();
            }
            if (message.path("stream").asText().equals("trade_updates")) {
                updates.add(message.path("data"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closes.add(status);
        if (status == TRY_LATER && !ended) {
            partial.setLength(0);
            Thread again = new Thread(this::connect, "itest-stream");
            again.setDaemon(true);
            again.start();
        }
        return null;
    }

    /** Whether it listens. */
    boolean listens() {
        return position >= 0;
    }

    /** With which status it was closed, each time. */
    List<Integer> closes() {
        return closes;
    }

    /** How often it was told of that event of the order. */
    long count(String order, String event) {
        return updates.stream()
                .filter(one -> one.path("event").asText().equals(event))
                .filter(one -> one.path("order").path("id").asText().equals(order))
                .count();
    }

    @Override
    public void close() {
        ended = true;
        socket.abort();
    }
}
