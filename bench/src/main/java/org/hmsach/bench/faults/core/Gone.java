package org.hmsach.bench.faults.core;

/** The process ended, or its core does not answer now; whether the command was taken is not known. */
final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(String message) {
        super(message);
    }
}
