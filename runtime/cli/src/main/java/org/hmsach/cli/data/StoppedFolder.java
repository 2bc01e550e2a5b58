package org.hmsach.cli.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.cli.server.ServerException;
import org.hmsach.core.internal.disk.DirectoryLock;

/** A data folder, or a core's directory alone, held by this process so that no server can start on it. */
public final class StoppedFolder implements Closeable {
    private final Path path;
    private final Path core;
    private final List<DirectoryLock> locks = new ArrayList<>();

    private StoppedFolder(Path path, Path core) {
        this.path = path;
        this.core = core;
    }

    /** Takes the folder's locks. @throws FolderInUseException when a process holds one */
    public static StoppedFolder open(Path given) throws IOException {
        Path path = given.toAbsolutePath().normalize();
        boolean alone = Files.isDirectory(path.resolve("archive"));
        if (!alone && !Files.isDirectory(path.resolve("core"))) {
            throw new ServerException(path + " is no data folder: it has neither core/ nor archive/");
        }
        StoppedFolder folder = new StoppedFolder(path, alone ? path : path.resolve("core"));
        try {
            folder.lock(path);
            if (!alone) {
                folder.lock(folder.core);
            }
            return folder;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private void lock(Path directory) throws IOException {
        Optional<DirectoryLock> lock = DirectoryLock.take(directory);
        locks.add(lock.orElseThrow(() -> new FolderInUseException(path)));
    }

    /** The folder as given, absolute. */
    public Path path() {
        return path;
    }

    /** The core's directory: log, tape, snapshots. */
    public Path core() {
        return core;
    }

    /** Whether it is a whole data folder and not a core's directory alone. */
    public boolean isWhole() {
        return !core.equals(path);
    }

    @Override
    public void close() throws IOException {
        for (DirectoryLock lock : locks) {
            lock.close();
        }
    }
}
