package org.hmsach.testkit.fake;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hmsach.api.module.PlugIn;
import org.hmsach.api.module.PlugInException;
import org.hmsach.api.module.PlugInStatus;
import org.hmsach.api.module.PlugIns;

/** Guards that call at once, on the caller's thread, and note what failed; {@link #open} makes them refuse. */
public final class FakePlugIns implements PlugIns {
    private final Map<String, Guard> guards = new ConcurrentHashMap<>();

    @Override
    public PlugIn plugIn(String spi, String name, long bundleId) {
        return guards.computeIfAbsent(spi + ' ' + name, Guard::new);
    }

    @Override
    public List<PlugInStatus> all() {
        return List.of();
    }

    @Override
    public List<String> leftovers() {
        return List.of();
    }

    @Override
    public Map<String, Integer> stoppedInMemory() {
        return Map.of();
    }

    /** From now on the service is not called. */
    public void open(String spi, String name) {
        guards.computeIfAbsent(spi + ' ' + name, Guard::new).open = true;
    }

    /** What went wrong in or with that service, oldest first. */
    public List<String> failures(String spi, String name) {
        return List.copyOf(guards.computeIfAbsent(spi + ' ' + name, Guard::new).failures);
    }

    private static final class Guard implements PlugIn {
        private final String key;
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private volatile boolean open;

        Guard(String key) {
            this.key = key;
        }

        @Override
        public <T> T ask(String what, Duration deadline, Callable<T> call) throws PlugInException {
            return near(what, deadline, call);
        }

        @Override
        public <T> T near(String what, Duration deadline, Callable<T> call) throws PlugInException {
            if (open) {
                throw new PlugInException(PlugInException.Kind.BREAKER_OPEN, key + " is not called for now");
            }
            return call(what, call);
        }

        @Override
        public <T> T quick(String what, Duration deadline, Callable<T> call) throws PlugInException {
            return near(what, deadline, call);
        }

        @Override
        public void end(String what, Duration deadline, Runnable call) throws PlugInException {
            call(what, () -> {
                call.run();
                return key;
            });
        }

        private <T> T call(String what, Callable<T> call) throws PlugInException {
            try {
                return call.call();
            } catch (Exception | LinkageError e) { // the seam's edge, as in the real one
                failures.add(what + ": " + e);
                throw new PlugInException(key + " failed to " + what + ": " + e, e);
            }
        }

        @Override
        public void failed(String why) {
            failures.add(why);
        }

        @Override
        public boolean admits(int mostPerSecond) {
            return true;
        }
    }
}
