package org.hmsach.gateway.internal.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;

/** The one way JSON is read and written here: no duplicate keys, no binary fractions, no guessing of types, bounded. */
public final class StrictJson {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_TEXT = 16_384;
    private static final int MAX_NUMBER = 64;
    private static final int MOST_TYPES = 200;

    private final JsonMapper mapper;

    public StrictJson() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(MAX_TEXT)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                // an answer goes out whole, with its length, when it is complete: one packet instead of two
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .build();
        // Jackson's own cache of types is one for the process: it would hold the classes of modules that were replaced
        TypeFactory types = TypeFactory.defaultInstance().withCache(new LRUMap<>(16, MOST_TYPES));
        mapper = JsonMapper.builder(factory)
                .typeFactory(types)
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
                .build();
    }

    /** The configured mapper, for the JAX-RS provider. */
    public JsonMapper mapper() {
        return mapper;
    }

    /** The value as JSON text. */
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** A JSON object. @throws JsonProcessingException when the text is no JSON object */
    @SuppressWarnings("unchecked")
    public Map<String, Object> readObject(String text) throws JsonProcessingException {
        return mapper.readValue(text, Map.class);
    }
}
