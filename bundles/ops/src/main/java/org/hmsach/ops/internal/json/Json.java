package org.hmsach.ops.internal.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.LRUMap;

/** JSON of this bundle. Jackson remembers types in one place for the whole process, which would hold every version. */
public final class Json {
    private static final int TYPES = 200;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().setTypeFactory(TypeFactory.defaultInstance().withCache(new LRUMap<>(16, TYPES)));

    private Json() {}

    /** Reads and writes; not to be configured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }
}
