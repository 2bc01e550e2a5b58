package org.hmsach.bench.faults.core;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The fixed script: a market, one client, one thing after the other of every kind, a snapshot, some more. Whatever
 * happens to the core meanwhile, it goes on with the next process.
 */
final class Script implements AutoCloseable {
    private static final int STEPS_BEFORE = 12;
    private static final int STEPS_BEHIND = 4;
    private static final long SEED = 4;
    private final CoreUnderTest core;
    private final Client client;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(task, "script");
        own.setDaemon(true);
        return own;
    });

    Script(CoreUnderTest core) {
        this.core = core;
        this.client = new Client(core, 1, SEED);
    }

    /** Begins. */
    Future<Void> start() {
        return thread.submit(() -> {
            CoreLoad.openMarket(core);
            client.open();
            for (int i = 0; i < STEPS_BEFORE; i++) {
                client.step();
            }
            core.snapshot();
            for (int i = 0; i < STEPS_BEHIND; i++) {
                client.step();
            }
            return null;
        });
    }

    /** Waits for its end. */
    static void finish(Future<Void> script, Duration atMost) throws Exception {
        try {
            script.get(atMost.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the script gave up", e.getCause());
        }
    }

    Client client() {
        return client;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
