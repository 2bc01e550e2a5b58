package org.hmsach.bench.faults.campaign;

/** What makes or watches the fault failed itself, so that the trial says nothing about the platform. */
public final class InstrumentFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InstrumentFailed(String message) {
        super(message);
    }
}
