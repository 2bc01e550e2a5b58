package org.hmsach.gateway.internal.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the stream. */
final class StreamClient implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, BlockingQueue<JsonNode>> messages = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    StreamClient(URI uri, String... headers) {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        socket = builder.buildAsync(uri, this).join();
    }

    void authenticate(String key) throws Exception {
        send(Map.of("action", "authenticate", "data", Map.of("key_id", key, "secret_key", key + "-secret")));
    }

    void listen(String... streams) throws Exception {
        send(Map.of("action", "listen", "data", Map.of("streams", List.of(streams))));
    }

    void send(Object message) throws Exception {
        sendText(JSON.writeValueAsString(message));
    }

    void sendText(String text) {
        socket.sendText(text, true).join();
    }

    /** The next message of that stream; errors are called "error". */
    JsonNode await(String stream) throws InterruptedException {
        JsonNode message = of(stream).poll(10, TimeUnit.SECONDS);
        if (message == null) {
            throw new IllegalStateException("no message of " + stream + " came in time");
        }
        return message;
    }

    /** Whether another message of that stream comes within two beats. */
    boolean hasMore(String stream) throws InterruptedException {
        return of(stream).poll(600, TimeUnit.MILLISECONDS) != null;
    }

    private BlockingQueue<JsonNode> of(String stream) {
        return messages.computeIfAbsent(stream, s -> new LinkedBlockingQueue<>());
    }

    void awaitClose() throws InterruptedException {
        if (!closed.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the stream stayed open");
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                JsonNode message = JSON.readTree(partial.toString());
                of(message.path("stream").asText(message.path("action").asText()))
                        .add(message);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.countDown();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
