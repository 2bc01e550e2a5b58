package org.hmsach.ops.internal.swap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.ops.internal.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code DATA/ops/operations.jsonl}: one line for each operation that ended, on disk when {@link #add} returns. */
final class AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(AuditTrail.class);
    private static final ObjectMapper JSON = Json.mapper();
    private static final int SHOWN = 1_000;

    private final Path file;

    AuditTrail(Path data) {
        this.file = data.resolve("ops").resolve("operations.jsonl");
    }

    synchronized void add(Operation.Record record) {
        try {
            Files.createDirectories(file.getParent());
            // begins with its own end of line too: the one before may be torn
            byte[] line = ("\n" + JSON.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** The newest records, oldest first; a line that a crash tore is left out. */
    synchronized List<Operation.Record> newest() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
            List<Operation.Record> records = new ArrayList<>();
            for (String line : lines.subList(Math.max(0, lines.size() - SHOWN), lines.size())) {
                read(line).ifPresent(records::add);
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Optional<Operation.Record> read(String line) {
        try {
            return Optional.of(JSON.readValue(line, Operation.Record.class));
        } catch (JsonProcessingException e) {
            LOG.warn("a line of {} is torn and left out: {}", file, e.getOriginalMessage());
            return Optional.empty();
        }
    }
}
