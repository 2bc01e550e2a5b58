package org.hmsach.bench.faults.core;

/** The process ended, or its core does not answer now; whether the command was taken is not known. */
final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    Gone(String message) {
        this("GONE", message);
    }

    Gone(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Why the core does not answer; {@code "GONE"} when it is not there. */
    String code() {
        return code;
    }
}
