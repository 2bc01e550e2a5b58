package org.hmsach.ops.internal.frame;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Starts bundles on a thread of the JDK's with no class of ours on its stack. A thread that a bundle begins remembers
 * whose classes were on the stack of the one that began it (its access control context): it would hold this version of
 * ops for as long as it runs. The threads of a pool of this kind do not remember who made the pool.
 */
final class BundleStart {
    private static final MethodHandle START = start();

    private BundleStart() {}

    private static MethodHandle start() {
        try {
            return MethodHandles.publicLookup().findVirtual(Bundle.class, "start", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("every bundle can be started", e);
        }
    }

    /** What does not end in time is interrupted and left alone. */
    static void run(Bundle bundle, Duration bound) throws BundleException, TimeoutException, InterruptedException {
        ForkJoinPool thread = new ForkJoinPool(1);
        try {
            Callable<?> work = MethodHandleProxies.asInterfaceInstance(Callable.class, START.bindTo(bundle));
            thread.submit(work).get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(bundle, e);
        } catch (TimeoutException e) {
            TimeoutException named =
                    new TimeoutException("start of " + bundle + " did not end within " + bound.toMillis() + " ms");
            named.initCause(e);
            throw named;
        } finally {
            thread.shutdownNow();
        }
    }

    /** The pool wraps what is thrown, more than once. */
    private static BundleException failure(Bundle bundle, Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && !(cause instanceof BundleException)) {
            cause = cause.getCause();
        }
        return cause instanceof BundleException known
                ? known
                : new BundleException("start of " + bundle + ": " + cause, cause);
    }
}
