package org.hmsach.bench.faults.campaign;

import java.util.List;

/** One kind of fault under one kind of load. */
public interface Scenario {
    /** Its name on the command line and in the table, e.g. {@code "core-kills"}. */
    String name();

    /** The trials of a campaign of this size; none when it has no part in it. */
    List<Trial> plan(Options options);

    /** How many of its trials may run at the same time. */
    default int lanes(Options options) {
        return options.lanes();
    }
}
