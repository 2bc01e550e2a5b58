package org.hmsach.core.internal.thread;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Daemon threads that keep nothing of whoever happens to be the first to need them. A plain new thread inherits the
 * protection domains of all classes on the stack, the context class loader and inheritable values of its maker: a
 * module that asked once could not be let go as long as the thread lives.
 */
public final class OwnThreads {
    private OwnThreads() {}

    /** All of one name: for a single thread, or where nobody tells them apart. */
    public static ThreadFactory named(String name) {
        return task -> make(task, name);
    }

    /** With a number each: the name, a dash, 1 and so on. */
    public static ThreadFactory numbered(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> make(task, name + '-' + number.incrementAndGet());
    }

    @SuppressWarnings("removal") // there is no other way to leave out what is on the stack
    private static Thread make(Runnable task, String name) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(OwnThreads.class.getClassLoader());
            return thread;
        });
    }
}
