package org.hmsach.ops.internal.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
    @TempDir
    Path data;

    private static Operation.Record record(String id) {
        Operation.Request request = new Operation.Request("update", "tester", "", 0);
        return new Operation(id, "a", request, Clock.systemUTC()).record();
    }

    @Test
    void showsTheNewestThousandAndLeavesATornLineOut() throws Exception {
        AuditTrail audit = new AuditTrail(data);
        audit.add(record("early"));
        Path file = data.resolve("ops/operations.jsonl");
        Files.writeString(file, Files.readString(file).repeat(1_200) + "\n{\"id\":\"to");
        audit.add(record("last"));
        List<Operation.Record> newest = audit.newest();
        assertEquals(999, newest.size(), "the torn line is one of the thousand");
        assertEquals("last", newest.get(newest.size() - 1).id());
    }
}
