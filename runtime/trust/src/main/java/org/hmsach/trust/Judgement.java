package org.hmsach.trust;

/**
 * Whether a jar may run, and who answers for it.
 *
 * @param trusted whether it may run
 * @param digest  SHA-256 of the file, hexadecimal
 * @param signer  {@link #DISTRIBUTION}, the name of the trusted signer, or empty when nobody answers for it
 * @param reason  why nobody does; empty when somebody does
 */
public record Judgement(boolean trusted, String digest, String signer, String reason) {
    /** The signer of what ships. */
    public static final String DISTRIBUTION = "distribution";

    static Judgement trusted(String digest, String signer) {
        return new Judgement(true, digest, signer, "");
    }

    static Judgement refused(String digest, String reason) {
        return new Judgement(false, digest, "", reason);
    }

    /** The same jar where everything runs. */
    Judgement tolerated() {
        return new Judgement(true, digest, signer, reason);
    }
}
