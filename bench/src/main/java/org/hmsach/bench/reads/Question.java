package org.hmsach.bench.reads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.ToIntFunction;

/**
 * One kind of request, sent for both accounts.
 *
 * @param name  what it reads
 * @param path  of the request
 * @param items how many things the answer shows; -1: not what was asked for
 * @param due   how many it must show for the large account and for the small one
 */
record Question(String name, String path, ToIntFunction<JsonNode> items, Due due) {
    /** How many things must be shown. */
    record Due(int large, int small) {}

    static Question page(String name, String path, int size) {
        return new Question(name, path, JsonNode::size, new Due(size, size));
    }

    static Question one(String name, String path, String field, String value) {
        return new Question(name, path, json -> json.path(field).asText().equals(value) ? 1 : -1, new Due(1, 1));
    }
}
