package org.hmsach.ops.internal.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hmsach.api.module.PlugInStatus;

/**
 * What the guards say against a version since it serves. They know of a failure at once; the tape hears of it when the
 * order is refused, and until then the order waits for the version that comes back. One thread.
 */
final class PlugInWatch {
    private static final int FAILURES = 3;
    /** One failure in so many calls is the least that counts. */
    private static final int IN_CALLS = 5;

    private final CoreSeam core;
    private final long bundleId;
    private final Map<String, PlugInStatus> before;

    /** Begins now. */
    PlugInWatch(CoreSeam core, long bundleId) {
        this.core = core;
        this.bundleId = bundleId;
        this.before =
                core.plugInsOf(bundleId).stream().collect(Collectors.toMap(PlugInWatch::what, Function.identity()));
    }

    private static String what(PlugInStatus plugIn) {
        return plugIn.spi() + " " + plugIn.name();
    }

    /** @return what speaks against the version, all in all */
    List<String> look() {
        List<String> troubles = new ArrayList<>();
        for (PlugInStatus plugIn : core.plugInsOf(bundleId)) {
            PlugInStatus then = before.get(what(plugIn));
            long failures = plugIn.failures() - (then == null ? 0 : then.failures());
            long calls = plugIn.calls() - (then == null ? 0 : then.calls());
            if (failures >= FAILURES && failures * IN_CALLS >= calls) {
                troubles.add(what(plugIn) + " failed " + failures + " times; last: " + plugIn.lastFailure());
            }
        }
        return troubles;
    }
}
