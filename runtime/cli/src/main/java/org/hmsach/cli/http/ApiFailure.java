package org.hmsach.cli.http;

import java.io.IOException;

/** The server answered with another status than 2xx. */
public final class ApiFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ApiFailure(String method, String path, HmsClient.Answer answer) {
        super(method + " " + path + " answered " + answer.status() + ": " + what(answer));
        this.status = answer.status();
    }

    private static String what(HmsClient.Answer answer) {
        String detail = answer.json().path("detail").asText();
        return detail.isEmpty()
                ? answer.json().toString()
                : answer.json().path("reason").asText() + ": " + detail;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
