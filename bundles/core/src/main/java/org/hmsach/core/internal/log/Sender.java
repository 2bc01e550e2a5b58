package org.hmsach.core.internal.log;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.codecs.EventCode;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from many threads and feeds them to the log in one stream, many in flight at once. After a
 * reconnect, or
 * when nothing moves, the unanswered ones are sent again in order; the machine's side drops what it has already taken.
 */
final class Sender<A> implements Agent, EgressListener {
    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final int BURST = 256;
    private static final long STALL_NS = TimeUnit.SECONDS.toNanos(3);
    private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RECONNECT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Supplier<AeronCluster.Context> contexts;
    private final long client;
    private final InFlight<A> inFlight;
    private final ManyToOneConcurrentArrayQueue<Waiting<A>> queue;
    private AeronCluster cluster;
    private AeronCluster.AsyncConnect connecting;
    private boolean sessionLost;
    private long reconnectAtNs;
    private long keepAliveAtNs;
    private long progressAtNs;
    private long toSend = 1;
    private long expired = 1;
    private volatile boolean connected;
    private volatile boolean closed;

    Sender(Supplier<AeronCluster.Context> contexts, long client, InFlight<A> inFlight, int queueCapacity) {
        this.contexts = contexts;
        this.client = client;
        this.inFlight = inFlight;
        this.queue = new ManyToOneConcurrentArrayQueue<>(queueCapacity);
        this.reconnectAtNs = System.nanoTime();
    }

    CompletableFuture<Applied<A>> submit(UnsafeBuffer frame, long answerTimeoutNs) {
        Waiting<A> waiting = new Waiting<>(frame, System.nanoTime() + answerTimeoutNs);
        if (closed) {
            waiting.fail("the log is closed", false);
        } else if (!queue.offer(waiting)) {
            waiting.fail("more than " + queue.capacity() + " commands are waiting for the log", false);
        } else {
            // without it the queue's store may be seen after the look, by neither this thread nor the closing one
            VarHandle.fullFence();
            if (closed) {
                failQueued();
            }
        }
        return waiting.answer();
    }

    /**
     * All that can be taken, once closed: behind one that is still being put in nothing can, and who puts it in comes
     * here, too.
     */
    private synchronized void failQueued() {
        for (Waiting<A> waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
            waiting.fail("the log is closed", false);
        }
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public int doWork() {
        long nowNs = System.nanoTime();
        int work = inFlight.dropApplied();
        if (work > 0 || inFlight.isEmpty()) {
            progressAtNs = nowNs;
        }
        expire(nowNs);
        try {
            work += cluster == null ? connect(nowNs) : serve(nowNs);
        } catch (AeronException e) {
            LOG.warn("The log's session was lost, connecting again: {}", e.getMessage());
            disconnect(nowNs);
        }
        return work;
    }

    private int connect(long nowNs) {
        if (nowNs - reconnectAtNs < 0) {
            return 0;
        }
        if (connecting == null) {
            connecting = AeronCluster.asyncConnect(contexts.get().egressListener(this));
        }
        cluster = connecting.poll();
        if (cluster == null) {
            return 0;
        }
        connecting = null;
        sessionLost = false;
        connected = true;
        toSend = inFlight.oldest();
        progressAtNs = nowNs;
        keepAliveAtNs = nowNs + KEEP_ALIVE_NS;
        return 1;
    }

    private int serve(long nowNs) {
        int work = cluster.pollEgress();
        if (sessionLost || cluster.isClosed()) {
            disconnect(nowNs);
            return 1;
        }
        if (nowNs - keepAliveAtNs > 0) {
            cluster.sendKeepAlive();
            keepAliveAtNs = nowNs + KEEP_ALIVE_NS;
        }
        if (nowNs - progressAtNs > STALL_NS) {
            LOG.warn("No answer from the log for 3 s: sending {} commands again", inFlight.next() - inFlight.oldest());
            toSend = inFlight.oldest();
            progressAtNs = nowNs;
        }
        return work + send(nowNs);
    }

    private int send(long nowNs) {
        int sent = 0;
        toSend = Math.max(toSend, inFlight.oldest());
        while (sent < BURST && (toSend < inFlight.next() || takeNext(nowNs))) {
            UnsafeBuffer frame = inFlight.get(toSend).frame();
            long result = cluster.offer(frame, 0, frame.capacity());
            if (result <= 0) {
                sessionLost =
                        result != io.aeron.Publication.BACK_PRESSURED && result != io.aeron.Publication.ADMIN_ACTION;
                break;
            }
            toSend++;
            sent++;
        }
        return sent;
    }

    /** Moves the next command that is still wanted from the queue into the window. */
    private boolean takeNext(long nowNs) {
        if (inFlight.isFull()) {
            return false;
        }
        Waiting<A> waiting = queue.poll();
        while (waiting != null && waiting.isLate(nowNs)) {
            waiting.fail("the log was too busy to take the command in time", false);
            waiting = queue.poll();
        }
        if (waiting == null) {
            return false;
        }
        CommandHeader.fill(waiting.frame(), client, inFlight.next());
        inFlight.add(waiting);
        return true;
    }

    private void expire(long nowNs) {
        expired = Math.max(expired, inFlight.oldest());
        while (expired < inFlight.next() && inFlight.get(expired).isLate(nowNs)) {
            inFlight.get(expired).fail("no answer in time; the command may still be applied", true);
            expired++;
        }
        Waiting<A> head = queue.peek();
        while (head != null && head.isLate(nowNs)) {
            queue.poll();
            head.fail("the log did not take the command in time", false);
            head = queue.peek();
        }
    }

    private void disconnect(long nowNs) {
        connected = false;
        CloseHelper.quietCloseAll(cluster, connecting);
        cluster = null;
        connecting = null;
        reconnectAtNs = nowNs + RECONNECT_PAUSE_NS;
    }

    @Override
    public void onClose() {
        closed = true;
        disconnect(System.nanoTime());
        for (long sequence = inFlight.oldest(); sequence < inFlight.next(); sequence++) {
            inFlight.get(sequence).fail("the log was closed; the command may still be applied", true);
        }
        failQueued();
    }

    @Override
    public String roleName() {
        return "hmsach-log-sender";
    }

    @Override
    public void onMessage(
            long clusterSessionId, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
        // Answers do not come this way: the machine's side completes the waiting future in this process.
    }

    @Override
    public void onSessionEvent(
            long correlationId,
            long clusterSessionId,
            long leadershipTermId,
            int leaderMemberId,
            EventCode code,
            String detail) {
        if (code != EventCode.OK) {
            LOG.warn("The log's session ended: {} {}", code, detail);
            sessionLost = true;
        }
    }
}
