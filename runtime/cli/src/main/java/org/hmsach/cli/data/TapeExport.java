package org.hmsach.cli.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.cli.server.ServerException;
import org.hmsach.core.internal.log.TapeEvent;

/** Writes the tape as JSON lines or CSV. */
public final class TapeExport {
    private static final String CSV_HEAD =
            "number,entry,index,time,timeMs,businessDate,kind,principal,module,requestId,fields,payload,chain";
    private static final int LONGEST_LINE = 1 << 20;
    private final Format format;
    private final EventJson json = new EventJson();

    /** How lines look. */
    public enum Format {
        /** A JSON object a line. */
        JSONL,
        /** A head, then a row an event; what differs by kind is JSON in the column {@code fields}. */
        CSV
    }

    public TapeExport(Format format) {
        this.format = format;
    }

    /** Which events. */
    public record Range(long from, long to) {}

    /** Writes the events of the range. @return the last number written, {@code from - 1} when there was none */
    public long write(TapeFile tape, Range range, Writer out) throws IOException {
        long last = range.from() - 1;
        Optional<TapeEvent> event = tape.next();
        while (event.isPresent() && event.get().number() <= range.to()) {
            if (event.get().number() >= range.from()) {
                out.write(line(json.of(event.get())));
                out.write('\n');
                last = event.get().number();
            }
            event = tape.next();
        }
        out.flush();
        return last;
    }

    /** Writes to a file, going on behind the last whole line that is there. @return the last number in the file */
    public long append(TapeFile tape, long to, Path file) throws IOException {
        long last = Files.exists(file) ? cutToWholeLines(file) : 0;
        try (BufferedWriter out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            if (last == 0 && format == Format.CSV && Files.size(file) == 0) {
                out.write(CSV_HEAD + "\n");
            }
            return write(tape, new Range(last + 1, to), out);
        }
    }

    /** The head of a CSV; empty for JSON lines. */
    public String head() {
        return format == Format.CSV ? CSV_HEAD + "\n" : "";
    }

    private String line(ObjectNode event) {
        return format == Format.JSONL ? event.toString() : row(event);
    }

    private static String row(ObjectNode event) {
        List<String> cells = new ArrayList<>();
        for (String column : CSV_HEAD.split(",")) {
            JsonNode value =
                    event.has(column) ? event.get(column) : event.path("origin").path(column);
            cells.add(value.isTextual() ? value.asText() : value.toString());
        }
        return String.join(",", cells.stream().map(TapeExport::quoted).toList());
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** Drops what an interrupted export left of a line. @return the number in the last whole one */
    private long cutToWholeLines(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            int size = (int) Math.min(LONGEST_LINE, access.length());
            byte[] tail = new byte[size];
            access.seek(access.length() - size);
            access.readFully(tail);
            int end = lastBreak(tail, size - 1) + 1;
            access.setLength(access.length() - size + end);
            if (end == 0) {
                return 0;
            }
            String line = new String(
                    tail, lastBreak(tail, end - 2) + 1, end - 2 - lastBreak(tail, end - 2), StandardCharsets.UTF_8);
            return line.equals(CSV_HEAD) ? 0 : number(file, line);
        }
    }

    private long number(Path file, String line) throws IOException {
        try {
            return format == Format.JSONL
                    ? EventJson.parse(line).get("number").asLong()
                    : Long.parseLong(line.substring(0, line.indexOf(',')));
        } catch (com.fasterxml.jackson.core.JsonProcessingException | RuntimeException e) {
            throw new ServerException(file + " does not end with a line of an export as " + format, e);
        }
    }

    private static int lastBreak(byte[] bytes, int from) {
        int at = from;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
