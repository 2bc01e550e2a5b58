package org.hmsach.trust;

/** A jar may not run; the message says why, in words that continue "it is refused: ". */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
        super(why);
    }

    Refused(String why, Throwable cause) {
        super(why, cause);
    }
}
