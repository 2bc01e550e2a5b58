package org.hmsach.cli.server;

import java.nio.file.Path;

/** The command needs a running server, and none works on the folder. */
public final class NotRunningException extends ServerException {
    private static final long serialVersionUID = 1L;

    public NotRunningException(Path data) {
        super("no server works on " + data + "; start it with: hms start --data " + data);
    }
}
