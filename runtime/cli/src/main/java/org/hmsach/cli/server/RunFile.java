package org.hmsach.cli.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a running server wrote to {@code DATA/run.json} once it was ready.
 *
 * @param pid     its process id
 * @param url     its address
 * @param started when its process started, ISO 8601
 */
public record RunFile(long pid, String url, String started) {
    /** The server that works on the folder; empty when none does (a file left by a killed one does not count). */
    public static Optional<RunFile> running(Path data) {
        return read(data).filter(run -> run.process().isPresent());
    }

    static Optional<RunFile> read(Path data) {
        Path file = data.resolve("run.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode run = new ObjectMapper().readTree(file.toFile());
            return Optional.of(new RunFile(
                    run.path("pid").asLong(),
                    run.path("url").asText(),
                    run.path("started").asText()));
        } catch (IOException e) {
            throw new ServerException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The process, if that id is still a server of ours and not somebody else's by now. */
    public Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info().commandLine().orElse("").contains("org.hmsach.launcher"));
    }
}
