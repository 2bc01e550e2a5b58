package org.hmsach.bench.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The yardstick, as a process: one thread that writes given frames to every socket, one after the other as they would
 * come to be, with java.nio and nothing else. Prints its port; each line of input names a file of frames.
 */
final class BareWriter {
    private static final int BACKLOG = 4_096;

    private final Selector selector = Selector.open();
    private final List<Out> outs = new ArrayList<>();
    private int behind;

    private BareWriter() throws IOException {
        // the selector is all it has
    }

    /** A socket, and the frame that it could not take whole: those after it wait, too. */
    private static final class Out {
        private final SocketChannel channel;
        private final SelectionKey key;
        private int next;
        private ByteBuffer rest = ByteBuffer.allocate(0);

        Out(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.key = key;
        }
    }

    /** @param args how many sockets */
    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[0]);
        Load.requireFiles(count);
        BareWriter writer = new BareWriter();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0), BACKLOG);
            System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
            for (int i = 0; i < count; i++) {
                writer.add(server.accept());
            }
        }
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            writer.write(frames(Files.readAllBytes(Path.of(line))));
            System.out.println("written");
        }
    }

    private void add(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, 0);
        Out out = new Out(channel, key);
        key.attach(out);
        outs.add(out);
    }

    private static List<ByteBuffer> frames(byte[] bytes) {
        List<ByteBuffer> frames = new ArrayList<>();
        Frames counter = new Frames();
        int from = 0;
        for (int to = 1; to <= bytes.length; to++) {
            counter.take(ByteBuffer.wrap(bytes, to - 1, 1));
            if (counter.frames() > frames.size()) {
                frames.add(ByteBuffer.allocateDirect(to - from)
                        .put(bytes, from, to - from)
                        .flip());
                from = to;
            }
        }
        return frames;
    }

    private void write(List<ByteBuffer> frames) throws IOException {
        for (Out out : outs) {
            out.next = 0;
        }
        for (int number = 0; number < frames.size(); number++) {
            for (Out out : outs) {
                if (out.next == number && !out.rest.hasRemaining()) {
                    writeNext(out, frames);
                }
            }
            if (behind > 0) {
                selector.selectNow();
                goOn(frames, number + 1);
            }
        }
        while (behind > 0) {
            selector.select();
            goOn(frames, frames.size());
        }
    }

    private void writeNext(Out out, List<ByteBuffer> frames) throws IOException {
        ByteBuffer frame = frames.get(out.next++).duplicate();
        out.channel.write(frame);
        if (frame.hasRemaining()) {
            out.rest = frame;
            out.key.interestOps(SelectionKey.OP_WRITE);
            behind++;
        }
    }

    /** Those that can take more again get what they lack. */
    private void goOn(List<ByteBuffer> frames, int upTo) throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            Out out = (Out) key.attachment();
            out.channel.write(out.rest);
            if (!out.rest.hasRemaining()) {
                key.interestOps(0);
                behind--;
                while (out.next < upTo && !out.rest.hasRemaining()) {
                    writeNext(out, frames);
                }
            }
        }
        selector.selectedKeys().clear();
    }
}
