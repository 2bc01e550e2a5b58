package org.hmsach.bench.faults.platform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One thing a client asked for, written down before it is sent, with what the client knows of the answer. */
final class Deed {
    /** What was asked for. */
    enum Kind {
        ORDER,
        CANCEL,
        REPLACE,
        DEPOSIT
    }

    /** What the client knows. */
    enum Known {
        /** Sent, or about to be; no answer that says how it ended. */
        NOTHING,
        ACKNOWLEDGED,
        REFUSED
    }

    private final Kind kind;
    private final String key;
    private final String target;
    private final Map<String, Object> body;
    private final List<String> requestIds = new ArrayList<>();
    private Known known = Known.NOTHING;
    private String subject = "";
    private boolean finished;

    /**
     * @param key    client order id, or Idempotency-Key of what is no order
     * @param target the order that is cancelled or replaced, the account that is paid into; empty for an order
     */
    Deed(Kind kind, String key, String target, Map<String, Object> body) {
        this.kind = kind;
        this.key = key;
        this.target = target;
        this.body = Map.copyOf(body);
    }

    Kind kind() {
        return kind;
    }

    String key() {
        return key;
    }

    String target() {
        return target;
    }

    Map<String, Object> body() {
        return body;
    }

    /** Notes one more attempt. @return its request id, which the tape shows */
    synchronized String attempt() {
        String id = UUID.randomUUID().toString();
        requestIds.add(id);
        return id;
    }

    synchronized Set<String> requestIds() {
        return new HashSet<>(requestIds);
    }

    synchronized void acknowledge(String id) {
        known = Known.ACKNOWLEDGED;
        subject = id;
    }

    synchronized void refuse() {
        known = Known.REFUSED;
        finished = true;
    }

    /** Nothing is left to be done for it. */
    synchronized void finish() {
        finished = true;
    }

    synchronized boolean isFinished() {
        return finished;
    }

    synchronized Known known() {
        return known;
    }

    /** Id in the acknowledgement; empty before one. */
    synchronized String subject() {
        return subject;
    }

    @Override
    public synchronized String toString() {
        return kind + " " + key + (target.isEmpty() ? "" : " of " + target) + " (" + known + " " + subject + ")";
    }
}
