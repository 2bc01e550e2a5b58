package org.hmsach.core.internal.registry;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.hmsach.api.module.ModuleSwitch;

/** A gate a bundle. Of one symbolic name the gate of the bundle that serves is open. No OSGi. */
public final class Gates implements ModuleSwitch {
    private final Map<Long, Gate> gates = new ConcurrentHashMap<>();
    private final Map<Long, String> names = new TreeMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    /** A bundle came; one that is to stand aside finds its gate closed. */
    public void put(long bundleId, String name, String location) {
        lock.lock();
        try {
            names.put(bundleId, name);
            gates.computeIfAbsent(bundleId, id -> new Gate(!location.startsWith(ModuleSwitch.BESIDE)));
        } finally {
            lock.unlock();
        }
    }

    void remove(long bundleId) {
        lock.lock();
        try {
            names.remove(bundleId);
            gates.remove(bundleId);
        } finally {
            lock.unlock();
        }
    }

    /** Opens one gate, then closes the others of its name: at no moment are all closed. */
    @Override
    public void serve(long bundleId) {
        lock.lock();
        try {
            String name = names.get(bundleId);
            if (name == null) {
                throw new IllegalArgumentException("there is no bundle " + bundleId);
            }
            gates.get(bundleId).open();
            names.forEach((id, other) -> {
                if (id != bundleId && other.equals(name)) {
                    gates.get(id).close();
                }
            });
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A bundle that nobody told about is let in: it is just being installed, the plain way. */
    @Override
    public boolean serves(long bundleId) {
        Gate gate = gates.get(bundleId);
        return gate == null || gate.isOpen();
    }

    boolean await(long bundleId, Duration time) throws InterruptedException {
        long nanos = time.toNanos();
        lock.lock();
        try {
            while (!serves(bundleId) && nanos > 0) {
                nanos = moved.awaitNanos(nanos);
            }
            return serves(bundleId);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean enter(long bundleId) {
        Gate gate = gates.get(bundleId);
        return gate == null || gate.enter();
    }

    @Override
    public void leave(long bundleId) {
        Gate gate = gates.get(bundleId);
        if (gate != null) {
            gate.leave();
        }
    }

    @Override
    public long inFlight(long bundleId) {
        Gate gate = gates.get(bundleId);
        return gate == null ? 0 : gate.inside();
    }
}
