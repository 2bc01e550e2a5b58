package org.hmsach.cli.data;

import java.nio.file.Path;

/** A process holds the folder's lock. */
public final class FolderInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(Path folder) {
        super("a process works on " + folder + " (it holds the lock file there); stop it first");
    }
}
