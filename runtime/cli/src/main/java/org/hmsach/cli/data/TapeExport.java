package org.hmsach.cli.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

    /**
     * Writes to a file, going on behind the last whole line that is there, which must be of this very tape.
     *
     * @return the last number in the file
     */
    public long append(TapeFile tape, long to, Path file) throws IOException {
        Optional<JsonNode> lastLine = Files.exists(file) ? cutToWholeLines(file) : Optional.empty();
        long last = lastLine.map(line -> line.get("number").asLong()).orElse(0L);
        if (lastLine.isPresent()) {
            expectSame(tape, lastLine.get(), file);
        }
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

    /** Of a tape that was restored from a backup, or of another server, other events follow. */
    private static void expectSame(TapeFile tape, JsonNode line, Path file) throws IOException {
        long number = line.get("number").asLong();
        Optional<TapeEvent> event = tape.next();
        while (event.isPresent() && event.get().number() < number) {
            event = tape.next();
        }
        if (event.isEmpty()) {
            throw new ServerException(
                    file + " goes to event " + number + ", the tape ends with " + tape.last() + ": it is another tape");
        }
        if (!new EventJson().of(event.get()).get("chain").equals(line.get("chain"))) {
            throw new ServerException(file + " is of another tape: event " + number + " has another chain hash there");
        }
    }

    /** Drops what an interrupted export left of a line. @return number and chain hash of the last whole one */
    private Optional<JsonNode> cutToWholeLines(Path file) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            int size = (int) Math.min(LONGEST_LINE, access.length());
            byte[] tail = new byte[size];
            access.seek(access.length() - size);
            access.readFully(tail);
            int end = lastBreak(tail, size - 1) + 1;
            int begin = lastBreak(tail, end - 2) + 1;
            if (end == 0 && !beginsLikeOurs(new String(tail, StandardCharsets.UTF_8))) {
                throw noExport(file, null);
            }
            String line = end == 0 ? CSV_HEAD : new String(tail, begin, end - 1 - begin, StandardCharsets.UTF_8);
            Optional<JsonNode> last = line.equals(CSV_HEAD) ? Optional.empty() : Optional.of(parse(file, line));
            access.setLength(access.length() - size + end);
            return last;
        }
    }

    /** Less than a line: of an export that was cut off at its very beginning, or somebody's other file. */
    private boolean beginsLikeOurs(String text) {
        String begin = format == Format.JSONL ? "{\"number\":1," : CSV_HEAD;
        return begin.startsWith(text) || text.startsWith(begin);
    }

    private JsonNode parse(Path file, String line) throws IOException {
        JsonNode parsed = JsonNodeFactory.instance.nullNode();
        if (format == Format.JSONL) {
            try {
                parsed = EventJson.parse(line);
            } catch (JsonProcessingException e) {
                throw noExport(file, e);
            }
        } else if (line.matches("[0-9]{1,18},.*,[0-9a-f]{64}")) {
            parsed = JsonNodeFactory.instance
                    .objectNode()
                    .put("number", Long.parseLong(line.substring(0, line.indexOf(','))))
                    .put("chain", line.substring(line.lastIndexOf(',') + 1));
        }
        if (!parsed.path("number").canConvertToLong() || !parsed.path("chain").isTextual()) {
            throw noExport(file, null);
        }
        return parsed;
    }

    private ServerException noExport(Path file, Exception why) {
        return new ServerException(file + " does not end with a line of an export as " + format, why);
    }

    private static int lastBreak(byte[] bytes, int from) {
        int at = from;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }
}
