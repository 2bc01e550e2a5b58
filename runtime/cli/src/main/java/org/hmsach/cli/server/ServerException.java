package org.hmsach.cli.server;

/** A server did not start, answer or stop; the message tells the operator what to do next. */
public class ServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
