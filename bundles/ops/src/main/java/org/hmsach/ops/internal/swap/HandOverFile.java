package org.hmsach.ops.internal.swap;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.hmsach.ops.internal.json.Json;

/** {@code DATA/ops/handover.json}: lies there while ops itself is being replaced; what a start finds was cut off. */
final class HandOverFile {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = Json.mapper();

    private final Path file;

    HandOverFile(Path data) {
        this.file = data.resolve("ops").resolve("handover.json");
    }

    /** @param format of this file */
    private record Document(int format, Operation.Record operation) {}

    /** On disk when this returns. */
    void write(Operation.Record operation) {
        Path part = file.resolveSibling("handover.json.part");
        try {
            Files.createDirectories(file.getParent());
            JSON.writeValue(part.toFile(), new Document(FORMAT, operation));
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** What lies there. */
    Optional<Operation.Record> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Document document = JSON.readValue(file.toFile(), Document.class);
            if (document.format() != FORMAT) {
                throw new IOException("its format is " + document.format() + ", this version reads " + FORMAT);
            }
            return Optional.of(document.operation());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file, e);
        }
    }
}
