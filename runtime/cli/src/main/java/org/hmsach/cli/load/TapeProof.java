package org.hmsach.cli.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the tape says about the orders that the clients wrote down. */
public final class TapeProof {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Integer> taken = new HashMap<>();
    private final Set<String> unchecked = new TreeSet<>();
    private Set<String> required = Set.of();

    /** Reads the whole export. */
    public static TapeProof of(Path tape) throws IOException {
        TapeProof proof = new TapeProof();
        try (BufferedReader lines = Files.newBufferedReader(tape)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"OrderEvent\"") || line.contains("\"RequiredRulesChanged\"")) {
                    proof.take(JSON.readTree(line));
                }
            }
        }
        return proof;
    }

    private void take(JsonNode event) {
        JsonNode fields = event.path("fields");
        if (event.path("kind").asText().equals("RequiredRulesChanged")) {
            required = new HashSet<>();
            fields.path("rules").forEach(rule -> required.add(rule.asText()));
        } else if (fields.path("kind").asText().equals("NEW")) {
            String id =
                    fields.path("order").path("request").path("clientOrderId").asText();
            taken.merge(id, 1, Integer::sum);
            Set<String> missing = new HashSet<>(required);
            fields.path("verdicts").forEach(verdict -> {
                if (verdict.path("allowed").asBoolean()) {
                    missing.remove(verdict.path("rule").asText());
                }
            });
            if (required.isEmpty() || !missing.isEmpty()) {
                unchecked.add(id);
            }
        }
    }

    /** Orders that were acknowledged and are not on the tape. */
    public long lost(List<Journal.Entry> journal) {
        return journal.stream()
                .filter(entry -> entry.status() == 200)
                .filter(entry -> !taken.containsKey(entry.id()))
                .count();
    }

    /** Orders that were taken twice. */
    public long doubled() {
        return taken.values().stream().filter(times -> times > 1).count();
    }

    /** Orders that were taken without an allow-verdict of each required rule. */
    public long unchecked() {
        return unchecked.size();
    }

    /** Orders that were taken. */
    public long taken() {
        return taken.size();
    }
}
