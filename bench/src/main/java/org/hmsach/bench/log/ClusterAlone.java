package org.hmsach.bench.log;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.exceptions.TimeoutException;
import io.aeron.logbuffer.Header;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.core.internal.log.LogSettings;
import org.hmsach.core.internal.log.Node;

/** Aeron Cluster with the core's settings and a service that does nothing but count: an entry is acknowledged by it. */
final class ClusterAlone implements AutoCloseable {
    /** The core puts as much before each command: client and sequence. */
    private static final int HEADER_BYTES = 24;

    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Node node;
    private final Counting service = new Counting();
    private final AeronCluster client;
    private long sent;

    ClusterAlone(Path directory) {
        LogSettings settings = LogSettings.in(directory);
        node = Node.launch(settings, failure -> System.err.println("Aeron Cluster alone: " + failure));
        node.startService(service);
        client = connected();
    }

    /** A member that has just begun its election takes no session: asks again within a bound. */
    private AeronCluster connected() {
        long deadline = System.nanoTime() + CONNECT_NANOS;
        while (true) {
            try {
                return AeronCluster.connect(node.sessionSettings());
            } catch (TimeoutException e) {
                if (System.nanoTime() > deadline) {
                    close();
                    throw e;
                }
            }
        }
    }

    /** Sends the commands, so many not yet seen by the service at most, and waits until it has seen all. */
    void send(List<byte[]> commands, int inFlight) {
        IdleStrategy idle = node.senderNap();
        UnsafeBuffer frame = new UnsafeBuffer(new byte[64 * 1_024]);
        for (byte[] command : commands) {
            while (sent - service.seen.get() >= inFlight) {
                idle.idle(client.pollEgress());
            }
            frame.putBytes(HEADER_BYTES, command);
            while (client.offer(frame, 0, HEADER_BYTES + command.length) <= 0) {
                idle.idle(client.pollEgress());
            }
            // as the sender of the log does: the next thread of the engine has something to do
            idle.idle(1);
            sent++;
        }
        while (service.seen.get() < sent) {
            idle.idle(client.pollEgress());
        }
    }

    /** Over the bytes of all commands that the service has seen. */
    long checksum() {
        return service.crc.getValue();
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(client, node::closeService, node);
    }

    private static final class Counting implements ClusteredService {
        private final CRC32C crc = new CRC32C();
        private byte[] bytes = new byte[1_024];
        private final AtomicLong seen = new AtomicLong();

        @Override
        public void onSessionMessage(
                ClientSession session, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
            int size = length - HEADER_BYTES;
            if (bytes.length < size) {
                bytes = new byte[size];
            }
            buffer.getBytes(offset + HEADER_BYTES, bytes, 0, size);
            crc.update(bytes, 0, size);
            seen.lazySet(seen.get() + 1);
        }

        @Override
        public void onStart(Cluster cluster, Image snapshotImage) {
            // no state to load
        }

        @Override
        public void onSessionOpen(ClientSession session, long timestamp) {
            // one client only
        }

        @Override
        public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {
            // as above
        }

        @Override
        public void onTimerEvent(long correlationId, long timestamp) {
            // no timers
        }

        @Override
        public void onTakeSnapshot(ExclusivePublication snapshotPublication) {
            // no state to save
        }

        @Override
        public void onRoleChange(Cluster.Role newRole) {
            // a lone member leads
        }

        @Override
        public void onTerminate(Cluster cluster) {
            // nothing to end
        }
    }
}
