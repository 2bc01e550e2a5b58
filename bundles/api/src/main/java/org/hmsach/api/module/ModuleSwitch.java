package org.hmsach.api.module;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Decides which of several versions of a bundle, side by side in the framework, is called and acts.
 *
 * <p>A bundle installed at a location that begins with {@link #BESIDE} stands aside: it runs, and nobody calls its
 * services, until {@link #serve} moves the callers over. Every other bundle serves from the start. Thread-safe.
 */
@ProviderType
public interface ModuleSwitch {
    /** How the location of a bundle begins that is to stand aside at first. */
    String BESIDE = "hms:beside:";

    /** Whether callers may use the services of the bundle. */
    boolean serves(long bundleId);

    /**
     * Moves the callers of all bundles of the same symbolic name to this one, and returns when the
     * {@linkplain SwitchListener listeners} have moved too. Calls in flight end where they began.
     *
     * @throws IllegalArgumentException when there is no such bundle
     */
    void serve(long bundleId);

    /**
     * Takes a counted lease for one call.
     *
     * @return false when the bundle does not serve: look again who does
     */
    boolean enter(long bundleId);

    /** Gives the lease back. */
    void leave(long bundleId);

    /** Calls that have entered the bundle and not left it. */
    long inFlight(long bundleId);
}
