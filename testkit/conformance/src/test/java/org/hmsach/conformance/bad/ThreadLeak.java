package org.hmsach.conformance.bad;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;

/** Leaves a thread behind with each start. */
public final class ThreadLeak extends Offering {
    private static final String NAME = "bad-poller";

    @Override
    public void start(BundleContext context) throws Exception {
        super.start(context);
        CountDownLatch never = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                NAME);
        thread.setDaemon(true);
        thread.start();
    }
}
