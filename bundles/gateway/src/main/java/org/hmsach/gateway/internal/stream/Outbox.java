package org.hmsach.gateway.internal.stream;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Messages of one client that wait for its socket: a bounded queue, of which a few at a time are on the way. Nobody
 * ever waits for the socket: what does not fit is told to the sender, who sends it later or something newer instead.
 */
final class Outbox {
    /** The socket. Every method returns at once. */
    interface Wire {
        /**
         * Sends the message, then calls {@code sent} once; {@code ok} is false when it failed.
         *
         * @param more another one follows immediately, so this one may wait for it
         */
        void send(Message message, boolean more, Sent sent);

        /** Ends the connection in good order. */
        void close(int code, String why);

        /** Ends the connection without a word, because its socket takes nothing. */
        void abort();
    }

    /** Told when a message has left. */
    interface Sent {
        /** The message has left, or not. */
        void sent(boolean ok);
    }

    private static final int ON_THE_WAY = 16;

    private final Wire wire;
    private final int limit;
    private final Queue<Message> waiting = new ArrayDeque<>();
    private int onTheWay;
    private boolean draining;
    private boolean closed;
    private long movedNanos;

    /** @param limit most messages that wait */
    Outbox(Wire wire, int limit) {
        this.wire = wire;
        this.limit = limit;
    }

    /** Puts a message in the queue; it leaves with the next {@link #flush()}. @return whether there was room */
    synchronized boolean add(Message message) {
        if (closed || waiting.size() >= limit) {
            return false;
        }
        if (waiting.isEmpty() && onTheWay == 0) {
            movedNanos = System.nanoTime();
        }
        waiting.add(message);
        return true;
    }

    /** Sends what waits, as far as the socket takes it. */
    void flush() {
        synchronized (this) {
            if (draining) {
                return;
            }
            draining = true;
        }
        while (sendNext()) {
            // until nothing waits, or enough is on the way
        }
    }

    private boolean sendNext() {
        Message message;
        boolean more;
        synchronized (this) {
            if (closed || waiting.isEmpty() || onTheWay >= ON_THE_WAY) {
                draining = false;
                return false;
            }
            message = waiting.remove();
            onTheWay++;
            more = !waiting.isEmpty() && onTheWay < ON_THE_WAY;
        }
        wire.send(message, more, this::sent);
        return true;
    }

    private void sent(boolean ok) {
        boolean go;
        synchronized (this) {
            onTheWay--;
            movedNanos = System.nanoTime();
            closed |= !ok;
            go = !closed && !draining && !waiting.isEmpty();
        }
        if (go) {
            flush();
        } else if (!ok) {
            wire.abort();
        }
    }

    synchronized boolean isOpen() {
        return !closed;
    }

    /** Whether all has left: only then something coalesced is added, so that a slow client gets the newest value. */
    synchronized boolean isIdle() {
        return !closed && waiting.isEmpty() && onTheWay == 0;
    }

    /** Whether the queue is less than half full. */
    synchronized boolean isCalm() {
        return !closed && waiting.size() < limit / 2;
    }

    /** Whether the socket has taken nothing for so long, though something was to be sent. */
    synchronized boolean isStuck(long ms) {
        boolean something = !waiting.isEmpty() || onTheWay > 0;
        return something && System.nanoTime() - movedNanos > ms * 1_000_000;
    }

    /** Forgets what waits and takes nothing more. @return whether it was open */
    synchronized boolean close() {
        boolean open = !closed;
        closed = true;
        waiting.clear();
        return open;
    }
}
