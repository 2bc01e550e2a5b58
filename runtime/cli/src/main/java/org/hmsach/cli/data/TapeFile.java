package org.hmsach.cli.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.cli.server.ServerException;
import org.hmsach.core.internal.disk.Problem;
import org.hmsach.core.internal.log.LogFiles;
import org.hmsach.core.internal.log.StoppedTape;
import org.hmsach.core.internal.log.TapeEvent;

/**
 * The tape in a data folder, from its first event. A running server is not disturbed: the tape is only ever appended
 * to, and what is whole on it was decided for good; the last events may not be there yet.
 */
public final class TapeFile implements Closeable {
    private static final int TRIES = 5;
    private final List<Problem> problems = new ArrayList<>();
    private final Optional<StoppedTape> tape;

    private TapeFile(Path core) throws IOException {
        LogFiles files = LogFiles.read(core, problems::add);
        for (int i = 1; i < TRIES && !problems.isEmpty(); i++) {
            // a running server may have been writing the catalog just then
            problems.clear();
            files = LogFiles.read(core, problems::add);
        }
        fail();
        this.tape = files.tape().map(recording -> new StoppedTape(recording, problems::add));
    }

    /** Opens the tape of a data folder or of a core's directory alone. */
    public static TapeFile open(Path given) throws IOException {
        Path path = given.toAbsolutePath().normalize();
        Path core = Files.isDirectory(path.resolve("archive")) ? path : path.resolve("core");
        if (!LogFiles.exist(core)) {
            throw new ServerException(given + " has no tape");
        }
        return new TapeFile(core);
    }

    /** The next event; empty at the end. @throws ServerException where the tape is damaged */
    public Optional<TapeEvent> next() throws IOException {
        Optional<TapeEvent> event = tape.isPresent() ? tape.get().next() : Optional.empty();
        if (event.isEmpty()) {
            tape.flatMap(StoppedTape::damage).ifPresent(problems::add);
            fail();
        }
        return event;
    }

    /** Number of the last event read; 0 before the first. */
    public long last() {
        return tape.map(StoppedTape::last).orElse(0L);
    }

    private void fail() {
        if (!problems.isEmpty()) {
            throw new ServerException("the tape is damaged: " + problems.get(0) + "; run: hms verify");
        }
    }

    @Override
    public void close() {
        tape.ifPresent(StoppedTape::close);
    }
}
