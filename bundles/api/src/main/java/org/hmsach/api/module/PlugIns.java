package org.hmsach.api.module;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The guards round the calls into modules and vendors' code: a deadline, a bounded number of calls at a time, and a
 * breaker. Whoever calls a service of an SPI does it through the guard of that service. Thread-safe.
 */
@ProviderType
public interface PlugIns {
    /**
     * The guard of one service; the same one until its bundle stops.
     *
     * @param spi      simple name of the contract, e.g. {@code "OrderCheck"}
     * @param name     what tells it from others of the contract, e.g. its rule
     * @param bundleId bundle that registered it
     */
    PlugIn plugIn(String spi, String name, long bundleId);

    /** How each guarded service is, by contract, name and bundle. */
    List<PlugInStatus> all();

    /** What bundles left behind that were stopped: threads that run on, and class loaders; a line each. */
    List<String> leftovers();

    /**
     * How many versions of a module that stopped are still in memory, by symbolic name, where any is. Before the JVM
     * has collected they may be many; one that is there after it leaks.
     */
    Map<String, Integer> stoppedInMemory();
}
