package org.hmsach.bench.streams;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Many sockets of one thread that read WebSocket frames, all the same ones. */
final class Sockets implements AutoCloseable {
    /** What a socket says when it is connected: an upgrade to WebSocket, then messages; each is answered by a frame. */
    record Greeting(String upgrade, List<String> messages) {}

    /** What arrived. */
    record Seen(long messages, long bytes, Histogram delayNanos, byte[] ofOne) {}

    private static final int CONNECTING = 64;
    private static final int PER_ADDRESS = 20_000;
    private static final int BUFFER = 1 << 18;
    private static final String UPGRADED = "HTTP/1.1 101";

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final List<One> all = new ArrayList<>();
    private final Optional<Greeting> greeting;
    private int ready;
    private long messages;
    private long bytes;
    private long startNanos;
    private Histogram delayNanos = new Histogram(3);

    private final class One {
        private final SocketChannel channel;
        private final Frames frames = new Frames();
        private final StringBuilder answer = new StringBuilder();
        private boolean upgraded = greeting.isEmpty();
        private boolean isReady;

        One(SocketChannel channel) {
            this.channel = channel;
        }
    }

    Sockets(InetSocketAddress server, int count, Optional<Greeting> greeting) throws IOException {
        this.greeting = greeting;
        for (int i = 0; i < count; i++) {
            while (all.size() - ready >= CONNECTING) {
                select(0);
            }
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (server.getAddress().isLoopbackAddress()) {
                channel.bind(new InetSocketAddress(InetAddress.getByName("127.0.0." + (2 + i / PER_ADDRESS)), 0));
            }
            One one = new One(channel);
            all.add(one);
            channel.connect(server);
            channel.register(selector, SelectionKey.OP_CONNECT, one);
        }
        while (ready < all.size()) {
            select(0);
        }
    }

    /** Forgets what was counted and counts anew; the time of arrival counts from now. */
    void begin() {
        messages = 0;
        bytes = 0;
        delayNanos = new Histogram(3);
        all.get(0).frames.copies(true);
        startNanos = System.nanoTime();
    }

    /** Reads until so many messages are there. @throws IOException when they do not come in time */
    Seen await(long wanted, Duration bound) throws IOException {
        long end = System.nanoTime() + bound.toNanos();
        while (messages < wanted) {
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new IOException(messages + " messages of " + wanted + " came in " + bound);
            }
            select(Math.min(leftMs, 1_000));
        }
        return new Seen(messages, bytes, delayNanos, all.get(0).frames.copy());
    }

    private void select(long timeOutMs) throws IOException {
        selector.select(timeOutMs);
        for (SelectionKey key : selector.selectedKeys()) {
            One one = (One) key.attachment();
            if (key.isConnectable()) {
                one.channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                connected(one);
            } else {
                read(one);
            }
        }
        selector.selectedKeys().clear();
    }

    private void connected(One one) throws IOException {
        if (greeting.isPresent()) {
            write(one, greeting.get().upgrade().getBytes(StandardCharsets.US_ASCII));
        } else {
            one.isReady = true;
            ready++;
        }
    }

    private void read(One one) throws IOException {
        buffer.clear();
        int count = one.channel.read(buffer);
        if (count < 0) {
            throw new IOException("the server closed a connection: " + one.answer);
        }
        buffer.flip();
        bytes += count;
        if (!one.upgraded) {
            upgrade(one);
            return;
        }
        long before = one.frames.frames();
        one.frames.take(buffer);
        long came = one.frames.frames() - before;
        messages += came;
        delayNanos.recordValueWithCount(System.nanoTime() - startNanos, came);
        if (!one.isReady
                && one.frames.frames() == greeting.orElseThrow().messages().size()) {
            one.isReady = true;
            ready++;
        }
    }

    private void upgrade(One one) throws IOException {
        while (buffer.hasRemaining()) {
            one.answer.append((char) buffer.get());
        }
        if (one.answer.indexOf("\r\n\r\n") < 0) {
            return;
        }
        if (!one.answer.toString().startsWith(UPGRADED)) {
            throw new IOException("the server does not upgrade: " + one.answer);
        }
        one.upgraded = true;
        for (String message : greeting.orElseThrow().messages()) {
            write(one, masked(message));
        }
    }

    private static void write(One one, byte[] bytes) throws IOException {
        ByteBuffer some = ByteBuffer.wrap(bytes);
        while (some.hasRemaining()) {
            one.channel.write(some);
        }
    }

    /** A text frame of a client; a mask of zeros leaves the text as it is. */
    private static byte[] masked(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        if (payload.length > 0xffff) {
            throw new IllegalArgumentException("a greeting has at most 65535 bytes, not " + payload.length);
        }
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) 0x81).put((byte) (0x80 | 126)).putShort((short) payload.length);
        return frame.putInt(0).put(payload).array();
    }

    @Override
    public void close() throws IOException {
        for (One one : all) {
            one.channel.close();
        }
        selector.close();
    }
}
