package org.hmsach.conformance.bad;

import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleContext;

/** Does not stop. */
public final class HangingStop extends Offering {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void stop(BundleContext context) throws Exception {
        never.await();
    }
}
