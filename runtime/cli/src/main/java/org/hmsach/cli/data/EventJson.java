package org.hmsach.cli.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.hmsach.api.tape.EventHeader;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.core.internal.codec.EventCodec;
import org.hmsach.core.internal.codec.EventPlace;

/**
 * An event of the tape as a JSON object: where it stands, what it is, all its fields, its bytes and its chain hash. The
 * format is a promise, see docs/internals/tape.md. Not thread-safe.
 */
public final class EventJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private final EventCodec codec = new EventCodec();

    /** One event of a tape. */
    public ObjectNode of(org.hmsach.core.internal.log.TapeEvent raw) {
        DirectBuffer payload = raw.payload();
        byte[] bytes = new byte[payload.capacity()];
        payload.getBytes(0, bytes);
        return of(new EventPlace(raw.number(), raw.entry(), raw.index(), raw.timeMs()), bytes, raw.chain());
    }

    /** Whether the line says what its own bytes say, to the letter. */
    public boolean says(String line) throws IOException {
        JsonNode json = parse(line);
        EventPlace place = new EventPlace(
                json.path("number").asLong(),
                json.path("entry").asLong(),
                json.path("index").asInt(),
                json.path("timeMs").asLong());
        byte[] bytes = json.path("payload").binaryValue();
        return of(place, bytes, json.path("chain").asText()).toString().equals(line);
    }

    private ObjectNode of(EventPlace place, byte[] bytes, String chain) {
        TapeEvent event = codec.decode(new UnsafeBuffer(bytes), 0, bytes.length, place);
        EventHeader header = event.header();
        ObjectNode line = NODES.objectNode();
        line.put("number", header.number());
        line.put("entry", header.entry());
        line.put("index", header.index());
        line.put("time", Instant.ofEpochMilli(header.timeMs()).toString());
        line.put("timeMs", header.timeMs());
        line.put("businessDate", header.businessDate().toString());
        line.put("kind", event.getClass().getSimpleName());
        line.set("origin", node(header.origin()));
        line.set("fields", fields((Record) event));
        line.put("payload", Base64.getEncoder().encodeToString(bytes));
        line.put("chain", chain);
        return line;
    }

    private static ObjectNode fields(Record event) {
        ObjectNode fields = record(event);
        fields.remove("header");
        return fields;
    }

    private static ObjectNode record(Record value) {
        ObjectNode object = NODES.objectNode();
        for (RecordComponent part : value.getClass().getRecordComponents()) {
            try {
                object.set(part.getName(), node(part.getAccessor().invoke(value)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("event " + value + " has no readable " + part.getName(), e);
            }
        }
        return object;
    }

    /** Whole numbers of 64 bits are strings: many readers of JSON round them. */
    private static JsonNode node(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.<JsonNode>map(EventJson::node).orElse(NODES.nullNode());
        } else if (value instanceof OptionalLong optional) {
            return optional.isPresent() ? NODES.textNode(Long.toString(optional.getAsLong())) : NODES.nullNode();
        } else if (value instanceof Integer number) {
            return NODES.numberNode(number);
        } else if (value instanceof Boolean flag) {
            return NODES.booleanNode(flag);
        } else if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(one -> array.add(node(one)));
            return array;
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, one) -> object.set(name.toString(), node(one)));
            return object;
        } else if (value instanceof Record nested) {
            return record(nested);
        }
        return NODES.textNode(value.toString());
    }

    /** Reads a line back. */
    static JsonNode parse(String line) throws IOException {
        return JSON.readTree(line);
    }
}
