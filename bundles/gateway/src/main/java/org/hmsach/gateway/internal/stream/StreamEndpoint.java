package org.hmsach.gateway.internal.stream;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.util.Map;
import org.eclipse.jetty.ee10.websocket.jakarta.common.JakartaWebSocketSession;
import org.hmsach.api.identity.Credentials;
import org.hmsach.gateway.internal.json.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection. */
public final class StreamEndpoint extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
    private static final int MAX_TEXT = 16_384;
    private static final long IDLE_MS = 120_000;

    private final Hub hub;
    private final StrictJson json;
    private volatile Client client;

    StreamEndpoint(Hub hub, StrictJson json) {
        this.hub = hub;
        this.json = json;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.setMaxTextMessageBufferSize(MAX_TEXT);
        session.setMaxIdleTimeout(IDLE_MS);
        if (!(session instanceof JakartaWebSocketSession jetty)) {
            throw new IllegalStateException("the HTTP service's WebSocket is not Jetty's but " + session.getClass());
        }
        Client opened =
                new Client(new JettyWire(jetty.getCoreSession()), hub.limits().queueMessages());
        client = opened;
        hub.add(opened);
        Map<String, Object> properties = session.getUserProperties();
        Object address = properties.get("jakarta.websocket.endpoint.remoteAddress");
        Talk talk = new Talk(hub, opened, json, address == null ? "stream" : address.toString());
        if (properties.get(Handshake.CREDENTIALS) instanceof Credentials credentials) {
            talk.handshake(credentials);
        }
        session.addMessageHandler(String.class, new MessageHandler.Whole<>() {
            @Override
            public void onMessage(String text) {
                talk.take(text);
            }
        });
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (client != null) {
            hub.remove(client);
        }
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        // connections break all the time; the close that follows tidies up
        LOG.debug("a stream broke", thrown);
    }
}
