package org.hmsach.gateway.internal.stream;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.util.Map;
import org.hmsach.api.identity.Credentials;
import org.hmsach.gateway.internal.json.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket connection. */
public final class StreamEndpoint extends Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);
    private static final int MAX_CLIENTS = 2_000;
    private static final int QUEUE = 2_000;
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
        Client opened = new Client(new SessionWire(session), QUEUE);
        client = opened;
        hub.add(opened);
        if (hub.size() > MAX_CLIENTS) {
            opened.drop("too many streams are open");
            return;
        }
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
        hub.remove(client);
    }

    @Override
    public void onError(Session session, Throwable thrown) {
        // connections break all the time; the close that follows tidies up
        LOG.debug("a stream broke", thrown);
    }

    private record SessionWire(Session session) implements Outbox.Wire {
        @Override
        public void send(String text, Outbox.Sent sent) {
            try {
                session.getAsyncRemote().sendText(text, result -> sent.sent(result.isOK()));
            } catch (RuntimeException e) {
                LOG.debug("a stream broke while it was written to", e);
                sent.sent(false);
            }
        }

        @Override
        public void giveUp(String why) {
            try {
                session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, why));
            } catch (IOException e) {
                LOG.debug("a stream could not be closed in good order", e);
            }
        }
    }
}
