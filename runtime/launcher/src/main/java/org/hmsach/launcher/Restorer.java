package org.hmsach.launcher;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * Gives a bundle its old jar back. On a thread of its own: the update that is to be undone must end first, and fail, so
 * that whoever asked for it is told.
 */
final class Restorer implements AutoCloseable {
    private final Consumer<String> log;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "hms-trust");
        thread.setDaemon(true);
        return thread;
    });

    Restorer(Consumer<String> log) {
        this.log = log;
    }

    /** @param jar is copied before this returns */
    void restore(Bundle bundle, Path jar) throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        boolean started = bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
        thread.execute(() -> {
            try (InputStream in = new ByteArrayInputStream(bytes)) {
                bundle.update(in);
                if (started) {
                    bundle.start();
                }
                log.accept(bundle.getSymbolicName() + " runs as " + bundle.getVersion() + " again, as before the"
                        + " update that was refused");
            } catch (BundleException | IOException | IllegalStateException e) {
                log.accept(bundle.getSymbolicName() + " did not come back after an update that was refused: " + e);
            }
        });
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
