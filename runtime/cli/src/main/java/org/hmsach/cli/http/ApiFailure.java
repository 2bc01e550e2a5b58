package org.hmsach.cli.http;

import java.io.IOException;

/** The server answered with another status than 2xx. */
public final class ApiFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiFailure(String method, String path, HmsClient.Answer answer) {
        super(method + " " + path + " answered " + answer.status() + ": " + answer.json());
        this.status = answer.status();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
