package org.hmsach.gateway.internal.place;

/**
 * The context class loader of threads that call modules. CXF sets it to its own; a thread that a module begins in such
 * a call inherits it, and would keep this version's classes in memory as long as it runs.
 */
public final class Loaders {
    private static final ClassLoader NOBODYS = ClassLoader.getSystemClassLoader();

    /** What is called, and what it throws. */
    public interface Work<T, E extends Exception> {
        /** Calls it. */
        T call() throws E;
    }

    private Loaders() {}

    /** Calls with nobody's class loader as context. */
    public static <T, E extends Exception> T neutrally(Work<T, E> work) throws E {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(NOBODYS);
        try {
            return work.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
