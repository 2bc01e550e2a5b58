package org.hmsach.bench.faults.core;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the clients were answered, kept outside the process that is killed. Thread-safe. */
final class Journal implements AutoCloseable {
    private final List<Acknowledged> all = new ArrayList<>();
    private final BufferedWriter file;

    /** One answer to one request. */
    record Acknowledged(String requestId, Answer answer) {}

    Journal(Path file) throws IOException {
        this.file = Files.newBufferedWriter(file);
    }

    synchronized void add(String requestId, Answer answer) {
        all.add(new Acknowledged(requestId, answer));
        try {
            file.write(requestId + " " + answer.line() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized List<Acknowledged> all() {
        return List.copyOf(all);
    }

    synchronized int size() {
        return all.size();
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
