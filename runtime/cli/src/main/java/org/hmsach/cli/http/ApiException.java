package org.hmsach.cli.http;

/** A call was refused or got no answer. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** No answer. */
    public ApiException(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** An answer that was not expected. */
    public ApiException(String what, Api.Answer answer) {
        super(what + " answered " + answer.status() + " " + answer.body());
        this.status = answer.status();
    }

    /** HTTP status; 0 when there was no answer. */
    public int status() {
        return status;
    }
}
