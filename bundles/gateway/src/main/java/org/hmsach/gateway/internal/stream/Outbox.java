package org.hmsach.gateway.internal.stream;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Messages of one client that wait for its socket, one on the way at a time. A client that does not take them in
 * time is let go, so that it slows nobody: it comes back and resumes by its cursor.
 */
final class Outbox {
    /** The socket. */
    interface Wire {
        /** Sends the text, then calls {@code sent} once; {@code ok} is false when it failed. */
        void send(String text, Sent sent);

        /** Ends the connection, because it is too slow or broken. */
        void giveUp(String why);
    }

    /** Told when a text has left. */
    interface Sent {
        /** The text has left, or not. */
        void sent(boolean ok);
    }

    private final Wire wire;
    private final int limit;
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean closed;

    Outbox(Wire wire, int limit) {
        this.wire = wire;
        this.limit = limit;
    }

    /** Puts a text in the queue. */
    void offer(String text) {
        boolean overflow;
        synchronized (this) {
            if (closed) {
                return;
            }
            overflow = waiting.size() >= limit;
            if (!overflow) {
                waiting.add(text);
            }
            closed = overflow;
        }
        if (overflow) {
            wire.giveUp("the client is too slow");
        } else {
            next();
        }
    }

    /** Whether little is waiting: coalesced streams wait for that. */
    synchronized boolean isCalm() {
        return !closed && waiting.size() < limit / 4;
    }

    synchronized void close() {
        closed = true;
        waiting.clear();
    }

    private void next() {
        String text;
        synchronized (this) {
            if (busy || closed || waiting.isEmpty()) {
                return;
            }
            busy = true;
            text = waiting.remove();
        }
        wire.send(text, this::sent);
    }

    private void sent(boolean ok) {
        synchronized (this) {
            busy = false;
            closed |= !ok;
        }
        if (ok) {
            next();
        } else {
            wire.giveUp("the socket is broken");
        }
    }
}
