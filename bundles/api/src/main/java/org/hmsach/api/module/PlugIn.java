package org.hmsach.api.module;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/** The guard of one service. Thread-safe. */
@ProviderType
public interface PlugIn {
    /**
     * Calls on a thread of the plug-in's own and waits for it, at most until the deadline; then the call is interrupted
     * and left alone. May be used for code that nobody knows.
     *
     * @throws PlugInException when there is no answer, with the reason
     */
    <T> T ask(String what, Duration deadline, Callable<T> call) throws PlugInException, InterruptedException;

    /**
     * Calls on the caller's thread: for code that answers from memory. A call past its deadline is interrupted, counts
     * as a failure, and its answer is used when it comes; later calls are refused once the breaker is open.
     *
     * @throws PlugInException when there is no answer, with the reason
     */
    <T> T near(String what, Duration deadline, Callable<T> call) throws PlugInException;

    /**
     * {@link #near} for what is shipped with the platform, {@link #ask} for everybody else's code.
     *
     * @throws PlugInException when there is no answer, with the reason
     */
    <T> T quick(String what, Duration deadline, Callable<T> call) throws PlugInException, InterruptedException;

    /**
     * Ends what an earlier call began, on a thread of its own, and waits for it like {@link #ask}. Never refused: not
     * while the breaker is open, not when all places are taken, not after the service's bundle was stopped.
     *
     * @throws PlugInException when it does not end well, with the reason
     */
    void end(String what, Duration deadline, Runnable call) throws PlugInException, InterruptedException;

    /** Notes what it did wrong outside a call, e.g. that it fell silent. */
    void failed(String why);

    /**
     * Counts one thing that the plug-in tells by itself.
     *
     * @return false when there are more than {@code mostPerSecond} in this second: let it fall, or let it wait
     */
    boolean admits(int mostPerSecond);
}
