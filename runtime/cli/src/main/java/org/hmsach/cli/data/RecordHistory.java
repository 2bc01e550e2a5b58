package org.hmsach.cli.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hmsach.core.internal.log.TapeEvent;

/** One record in every version that the tape shows: when, by whom, what it was then, what had changed. */
public final class RecordHistory {
    private static final List<String> NAMES = List.of("id", "symbol");
    private final String id;
    private final Map<String, ObjectNode> before = new HashMap<>();
    private final List<ObjectNode> versions = new ArrayList<>();

    private RecordHistory(String id) {
        this.id = id;
    }

    /**
     * Every version of a record.
     *
     * @param id of an order, account, transfer, policy, person or key, or the symbol of an instrument
     */
    public static List<ObjectNode> of(TapeFile tape, String id) throws IOException {
        RecordHistory history = new RecordHistory(asOnTape(id));
        EventJson json = new EventJson();
        for (Optional<TapeEvent> raw = tape.next(); raw.isPresent(); raw = tape.next()) {
            history.take(json.of(raw.get()));
        }
        return history.versions;
    }

    /** Ids are written in small letters there, symbols as they are. */
    private static String asOnTape(String id) {
        return id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}") ? id.toLowerCase(Locale.ROOT) : id;
    }

    private void take(ObjectNode event) {
        ObjectNode fields = (ObjectNode) event.get("fields");
        String name = "";
        ObjectNode record = null;
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getValue() instanceof ObjectNode nested && isNamed(nested)) {
                name = field.getKey();
                record = nested;
            }
        }
        if (record == null && isAbout(fields)) {
            name = event.get("kind").asText();
            record = fields;
        }
        if (record != null) {
            add(event, name, record);
        }
    }

    private boolean isNamed(ObjectNode record) {
        return NAMES.stream().anyMatch(name -> record.path(name).asText().equals(id));
    }

    /** A field of the event itself names it, or a leg of a posting does. */
    private boolean isAbout(ObjectNode fields) {
        for (Map.Entry<String, JsonNode> field : fields.properties()) {
            if (field.getValue().isTextual() && field.getValue().asText().equals(id)) {
                return true;
            }
        }
        for (JsonNode leg : fields.path("legs")) {
            if (leg.path("account").asText().equals(id)
                    || leg.path("asset").asText().equals(id)) {
                return true;
            }
        }
        return false;
    }

    private void add(ObjectNode event, String name, ObjectNode record) {
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        version.put("version", versions.size() + 1);
        for (String part : List.of("number", "entry", "time", "businessDate", "kind", "origin")) {
            version.set(part, event.get(part));
        }
        for (String part : List.of("kind", "detail")) {
            if (event.path("fields").has(part) && !record.has(part)) {
                version.set(
                        part.equals("kind") ? "what" : part, event.get("fields").get(part));
            }
        }
        version.put("recordKind", name);
        version.set("record", record);
        ObjectNode changed = version.putObject("changed");
        Map<String, JsonNode> old = flat(before.get(name));
        Map<String, JsonNode> now = flat(record);
        now.forEach((path, value) -> {
            if (!value.equals(old.get(path))) {
                ObjectNode change = changed.putObject(path);
                change.set("from", old.getOrDefault(path, JsonNodeFactory.instance.nullNode()));
                change.set("to", value);
            }
        });
        before.put(name, record);
        versions.add(version);
    }

    private static Map<String, JsonNode> flat(ObjectNode record) {
        Map<String, JsonNode> leaves = new TreeMap<>();
        if (record != null) {
            flatten("", record, leaves);
        }
        return leaves;
    }

    private static void flatten(String path, JsonNode node, Map<String, JsonNode> leaves) {
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(f -> flatten(path.isEmpty() ? f.getKey() : path + "." + f.getKey(), f.getValue(), leaves));
        } else {
            leaves.put(path, node);
        }
    }
}
