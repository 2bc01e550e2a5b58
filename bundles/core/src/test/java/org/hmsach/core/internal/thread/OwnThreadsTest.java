package org.hmsach.core.internal.thread;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.net.URLClassLoader;
import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.Permissions;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@SuppressWarnings("removal")
class OwnThreadsTest {
    /** Every class of ours has it, a stranger without permissions has not: so a stranger in a context shows. */
    private static final RuntimePermission OURS = new RuntimePermission("exitVM");

    @Test
    void keepNothingOfTheirMaker() throws Exception {
        assertThrows(SecurityException.class, () -> madeByAStranger(Thread::new).checkPermission(OURS));
        assertDoesNotThrow(() -> madeByAStranger(OwnThreads.named("own")).checkPermission(OURS));
    }

    @Test
    void haveTheClassLoaderOfTheCoreANameAndDoNotKeepTheProcess() throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        ThreadFactory numbered = OwnThreads.numbered("own");
        try (URLClassLoader stranger = new URLClassLoader(new URL[0])) {
            current.setContextClassLoader(stranger);
            Thread first = numbered.newThread(() -> {});
            assertEquals(OwnThreads.class.getClassLoader(), first.getContextClassLoader());
            assertEquals("own-1", first.getName());
            assertTrue(first.isDaemon());
            assertEquals("own-2", numbered.newThread(() -> {}).getName());
        } finally {
            current.setContextClassLoader(before);
        }
    }

    private static AccessControlContext madeByAStranger(ThreadFactory threads) throws InterruptedException {
        AccessControlContext stranger =
                new AccessControlContext(new ProtectionDomain[] {new ProtectionDomain(null, new Permissions())});
        AtomicReference<AccessControlContext> seen = new AtomicReference<>();
        PrivilegedAction<Thread> make = () -> threads.newThread(() -> seen.set(AccessController.getContext()));
        Thread thread = AccessController.doPrivileged(make, stranger);
        thread.start();
        thread.join();
        return seen.get();
    }
}
