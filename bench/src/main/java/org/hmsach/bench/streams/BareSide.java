package org.hmsach.bench.streams;

import java.io.IOException;
import java.nio.file.Path;
import org.hmsach.bench.run.DemoServer;

/** The yardstick: writes what the platform wrote in the round before. */
final class BareSide extends Side {
    private final int messages;
    private final Path frames;
    private final Path copy;
    private final Child writer;
    private final Child load;

    /** @param frames what one client of the platform got */
    BareSide(int clients, int messages, Path frames, Path copy) throws IOException {
        super("bare NIO", clients);
        this.messages = messages;
        this.frames = frames;
        this.copy = copy;
        writer = new Child(BareWriter.class, Integer.toString(clients));
        load = new Child(Load.class, writer.read(), Integer.toString(clients));
        writer.read();
        load.read();
    }

    @Override
    Child load() {
        return load;
    }

    @Override
    void trigger(int count) throws IOException {
        writer.say(frames.toString());
    }

    @Override
    public long run() throws IOException, InterruptedException {
        long all = round(messages, copy);
        writer.read();
        return all;
    }

    @Override
    public long cpuNanos() {
        return DemoServer.cpuNanos(writer.pid());
    }

    @Override
    public void close() {
        load.close();
        writer.close();
    }
}
