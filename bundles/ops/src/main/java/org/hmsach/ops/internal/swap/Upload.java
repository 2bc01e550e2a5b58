package org.hmsach.ops.internal.swap;

import java.io.InputStream;
import org.hmsach.ops.internal.desired.StagedJar;

/**
 * What is done with a jar that somebody sent: staged before, deleted after.
 *
 * @param <T> what comes of it
 */
public interface Upload<T> {
    /** Of the staged jar. */
    T of(StagedJar jar) throws Refused, InterruptedException;

    /** Stages the jar, does it, deletes the jar. */
    static <T> T use(SwapEngine engine, InputStream body, Upload<T> work) throws Refused, InterruptedException {
        StagedJar jar = engine.stage(body);
        try {
            return work.of(jar);
        } finally {
            engine.discard(jar);
        }
    }
}
