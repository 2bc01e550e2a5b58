package org.hmsach.gateway.internal.stream;

import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket of the HTTP service, written to below the Jakarta API: that one encodes a text for each client anew, writes
 * each message by itself, and its {@code close} waits for the socket.
 */
record JettyWire(CoreSession session) implements Outbox.Wire {
    private static final Logger LOG = LoggerFactory.getLogger(JettyWire.class);

    @Override
    public void send(Message message, boolean more, Outbox.Sent sent) {
        Frame frame = new Frame(OpCode.TEXT, true, message.payload());
        session.sendFrame(frame, Callback.from(() -> sent.sent(true), failure -> failed(failure, sent)), more);
    }

    @Override
    public void close(int code, String why) {
        session.close(code, why, Callback.NOOP);
    }

    @Override
    public void abort() {
        session.abort();
    }

    private static void failed(Throwable failure, Outbox.Sent sent) {
        // connections break all the time
        LOG.debug("a stream broke while it was written to", failure);
        sent.sent(false);
    }
}
