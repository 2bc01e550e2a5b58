package org.hmsach.core.internal.log;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusteredMediaDriver;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.SemanticVersion;
import org.hmsach.core.internal.disk.RecordedFrames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the log: media driver, archive and consensus module in this process, with forced writes and
 * checksums.
 */
public final class Node implements Closeable {
    static final int APP_VERSION = SemanticVersion.compose(1, 0, 0);
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final int TERM_BYTES = 4 << 20;
    private static final int FORCED = 1;
    private static final int MAX_SESSIONS = 64;

    private final Path directory;
    private final String aeronDirectory;
    private final Nap driverNap;
    private final Nap archiveNap;
    private final Nap consensusNap;
    private final Nap serviceNap;
    private final Nap senderNap;
    private final LogClock clock = new LogClock();
    private final Consumer<String> onFailure;
    private final ClusteredMediaDriver engine;
    private ClusteredServiceContainer container;
    private volatile boolean closing;

    /**
     * Starts the engine.
     *
     * @param onFailure told once a part of the engine ends by itself
     */
    public static Node launch(LogSettings settings, Consumer<String> onFailure) {
        return new Node(settings, SharedMemory.prepare(settings.directory()), onFailure);
    }

    private Node(LogSettings settings, Path aeronDirectory, Consumer<String> onFailure) {
        this.directory = settings.directory();
        this.aeronDirectory = aeronDirectory.toString();
        long maxParkNs = settings.idleMaxPark().toNanos();
        this.driverNap = new Nap(maxParkNs);
        this.archiveNap = new Nap(maxParkNs);
        this.consensusNap = new Nap(maxParkNs);
        this.serviceNap = new Nap(maxParkNs);
        this.senderNap = new Nap(maxParkNs);
        senderNap.then(consensusNap);
        consensusNap.then(archiveNap, serviceNap);
        archiveNap.then(consensusNap);
        this.onFailure = onFailure;
        this.engine = ClusteredMediaDriver.launch(driver(), archive(), consensus());
    }

    private MediaDriver.Context driver() {
        return new MediaDriver.Context()
                .aeronDirectoryName(aeronDirectory)
                .epochClock(clock.steady())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(driverNap)
                // it would look for work a thousand times a second and has none: no names are resolved here
                .asyncExecutorEnabled(false)
                .publicationTermBufferLength(TERM_BYTES)
                .ipcTermBufferLength(TERM_BYTES)
                .spiesSimulateConnection(true)
                .warnIfDirectoryExists(false)
                .sharedThreadFactory(threads("the media driver"))
                .terminationHook(() -> failed("the media driver"))
                .errorHandler(errors("driver"));
    }

    private Archive.Context archive() {
        return new Archive.Context()
                .aeronDirectoryName(aeronDirectory)
                .epochClock(clock.steady())
                .archiveDir(archiveDirectory(directory).toFile())
                .controlChannel("aeron:udp?endpoint=" + LOOPBACK + ":0")
                .controlChannelEnabled(false)
                .replicationChannel("aeron:udp?endpoint=" + LOOPBACK + ":0")
                .localControlChannel("aeron:ipc?term-length=64k")
                .archiveClientContext(new AeronArchive.Context().controlResponseChannel("aeron:ipc?term-length=64k"))
                .recordingEventsEnabled(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .threadFactory(threads("the archive"))
                .idleStrategySupplier(() -> archiveNap)
                .segmentFileLength(SEGMENT_BYTES)
                .fileIoMaxLength(RecordedFrames.MOST_UNFORCED_BYTES)
                .fileSyncLevel(FORCED)
                .catalogFileSyncLevel(FORCED)
                .recordChecksum(Checksums.crc32c())
                .replayChecksum(Checksums.crc32c())
                .errorHandler(errors("archive"));
    }

    /** Settings of a client of the own archive; each user gets its own. */
    AeronArchive.Context archiveClient() {
        return new AeronArchive.Context()
                .aeronDirectoryName(aeronDirectory)
                .controlRequestChannel("aeron:ipc?term-length=64k")
                .controlResponseChannel("aeron:ipc?term-length=64k")
                .errorHandler(errors("archive client"));
    }

    private ConsensusModule.Context consensus() {
        return new ConsensusModule.Context()
                .aeronDirectoryName(aeronDirectory)
                .epochClock(clock.steady())
                .clusterClock(clock)
                .clusterMemberId(0)
                .clusterMembers(loneMember())
                .clusterDir(clusterDirectory(directory).toFile())
                .archiveContext(archiveClient())
                .ingressChannel(CommonContext.IPC_CHANNEL)
                .egressChannel(CommonContext.IPC_CHANNEL)
                .logChannel("aeron:udp?term-length=8m")
                .replicationChannel("aeron:udp?endpoint=" + LOOPBACK + ":0")
                .fileSyncLevel(FORCED)
                // a lone member has nobody to take over: a short time-out would only make a stalled machine doubt
                // itself
                .leaderHeartbeatTimeoutNs(TimeUnit.SECONDS.toNanos(10))
                .leaderHeartbeatIntervalNs(TimeUnit.MILLISECONDS.toNanos(100))
                .electionTimeoutNs(TimeUnit.MILLISECONDS.toNanos(500))
                .electionStatusIntervalNs(TimeUnit.MILLISECONDS.toNanos(50))
                .startupCanvassTimeoutNs(TimeUnit.SECONDS.toNanos(20))
                .maxConcurrentSessions(MAX_SESSIONS)
                .appVersion(APP_VERSION)
                .idleStrategySupplier(() -> consensusNap)
                .threadFactory(threads("the consensus module"))
                .terminationHook(() -> failed("the consensus module"))
                .errorHandler(errors("consensus"));
    }

    /** Starts what takes the committed log; once. */
    public void startService(ClusteredService service) {
        container = ClusteredServiceContainer.launch(new ClusteredServiceContainer.Context()
                .aeronDirectoryName(aeronDirectory)
                .epochClock(clock.steady())
                .archiveContext(archiveClient())
                .clusterDir(clusterDirectory(directory).toFile())
                .clusteredService(service)
                .serviceName("hmsach-machine")
                .appVersion(APP_VERSION)
                .idleStrategySupplier(() -> serviceNap)
                .threadFactory(threads("the machine's container"))
                .terminationHook(() -> failed("the machine's container"))
                .errorHandler(errors("machine")));
    }

    /** Settings of a client of the log. */
    public AeronCluster.Context sessionSettings() {
        return new AeronCluster.Context()
                .aeronDirectoryName(aeronDirectory)
                .ingressChannel(CommonContext.IPC_CHANNEL)
                .egressChannel(CommonContext.IPC_CHANNEL)
                .messageTimeoutNs(TimeUnit.SECONDS.toNanos(5));
    }

    ConsensusModule.Context consensusContext() {
        return engine.consensusModule().context();
    }

    /** Settings of a client of the driver; each user gets its own. */
    Aeron.Context client() {
        return new Aeron.Context().aeronDirectoryName(aeronDirectory).epochClock(clock.steady());
    }

    /** The client of the driver was closed: by the log's own end, or it was interrupted, or missed its time. */
    void clientEnded() {
        failed("the log's client of the media driver");
    }

    /** How the thread that feeds the log idles; to be woken when there is something to send. */
    public Nap senderNap() {
        return senderNap;
    }

    /** How the machine's thread idles; to be woken when there is something to ask. */
    Nap serviceNap() {
        return serviceNap;
    }

    static Path archiveDirectory(Path directory) {
        return directory.resolve("archive");
    }

    static Path clusterDirectory(Path directory) {
        return directory.resolve("cluster");
    }

    /**
     * An error ends a thread of the engine without a word, e.g. when a mapped file has no room on a full disk; the log
     * must not stay open over it.
     */
    private ThreadFactory threads(String part) {
        return task -> {
            Thread thread = new Thread(task);
            thread.setUncaughtExceptionHandler((ended, error) -> {
                LOG.error("{} ended: {}", part, error.getMessage(), error);
                failed(part);
            });
            return thread;
        };
    }

    private void failed(String part) {
        if (!closing) {
            onFailure.accept(part + " ended by itself");
        }
    }

    private ErrorHandler errors(String part) {
        return error -> {
            if (closing) {
                LOG.debug("{} while closing: {}", part, error.getMessage());
            } else {
                LOG.warn("{}: {}", part, error.getMessage(), error);
                if (isDiskError(error)) {
                    // what was not forced must not be acknowledged: only a reopened and checked log may go on
                    onFailure.accept("the disk failed under the " + part + ": " + error.getMessage());
                }
            }
        };
    }

    private static boolean isDiskError(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    /**
     * A lone member needs addresses but sends nothing to them: free ports of the loopback device, new at each
     * start.
     */
    private static String loneMember() {
        List<DatagramSocket> sockets = new ArrayList<>();
        StringBuilder member = new StringBuilder("0");
        try {
            for (int i = 0; i < 4; i++) {
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(LOOPBACK), 0));
                sockets.add(socket);
                member.append(',').append(LOOPBACK).append(':').append(socket.getLocalPort());
            }
            return member.append(',').append(LOOPBACK).append(":0").toString();
        } catch (SocketException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            CloseHelper.quietCloseAll(sockets);
        }
    }

    /** The machine first, while the tape can still take its events. */
    public void closeService() {
        closing = true;
        CloseHelper.quietClose(container);
    }

    @Override
    public void close() {
        closeService();
        CloseHelper.quietClose(engine);
    }
}
