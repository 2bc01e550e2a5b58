package org.hmsach.ops.internal.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hmsach.api.portfolio.CoreControl;
import org.hmsach.ops.internal.json.Json;

/** The file that makes a folder a backup: what it is of, and every file's size and digest. Written last. */
final class Manifest {
    static final String FILE = "backup.json";
    /** Raised when what is in a backup, or where, changes: an older {@code hms restore} must refuse it. */
    private static final int FORMAT = 1;

    private static final ObjectMapper JSON = Json.mapper();

    private Manifest() {}

    /**
     * What a backup holds.
     *
     * @param status      state of the core at the entry where it ends
     * @param sqlIncluded whether the SQL database is in it
     * @param taken       when, ISO 8601
     */
    record Contents(CoreControl.Status status, boolean sqlIncluded, String taken, String product) {}

    static ObjectNode json(Contents contents, List<FolderCopy.Copied> files) {
        CoreControl.Status status = contents.status();
        ObjectNode json = JSON.createObjectNode();
        json.put("format", FORMAT);
        json.put("product", contents.product());
        json.put("taken", contents.taken());
        json.put("clusterId", Long.toHexString(status.clusterId()));
        json.put("machineVersion", status.machineVersion());
        json.put("entry", status.entry());
        json.put("event", status.tapeNumber());
        json.put("stateHash", status.stateHash());
        json.put("chainHash", status.chainHash());
        json.put("sql", contents.sqlIncluded() ? "included" : "separate");
        json.put("bytes", files.stream().mapToLong(FolderCopy.Copied::bytes).sum());
        files.forEach(file -> json.withArray("/files")
                .addObject()
                .put("path", file.path())
                .put("bytes", file.bytes())
                .put("sha256", file.sha256()));
        return json;
    }

    static void write(Path folder, ObjectNode json) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        Set<StandardOpenOption> create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel out = FileChannel.open(
                folder.resolve(FILE),
                create,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }

    /** Of a folder that holds one; empty when it holds none. */
    static Optional<ObjectNode> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file) ? Optional.of((ObjectNode) JSON.readTree(file.toFile())) : Optional.empty();
    }
}
