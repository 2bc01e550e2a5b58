package org.hmsach.core.internal.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses commands while there is room to stop in good order: a full disk can end the process. */
final class FreeSpace {
    private final FileStore store;
    private final long floorBytes;
    private final Status status;

    FreeSpace(Path directory, long floorBytes, Status status) {
        try {
            this.store = Files.getFileStore(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("free space of " + directory, e);
        }
        this.floorBytes = floorBytes;
        this.status = status;
    }

    void tick() {
        long free;
        try {
            free = store.getUsableSpace();
        } catch (IOException e) {
            status.noSpace("free disk space cannot be read: " + e.getMessage());
            return;
        }
        if (free < floorBytes) {
            status.noSpace(free + " bytes of disk space are free, " + floorBytes + " are needed");
        } else {
            status.spaceAgain();
        }
    }
}
