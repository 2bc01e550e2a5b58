package org.hmsach.ops.internal.desired;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A running framework of a test's own. */
public final class TestFelix implements AutoCloseable {
    private static final long STOP_MS = 10_000;

    private final Framework framework;

    private TestFelix(Framework framework) {
        this.framework = framework;
    }

    /** An empty one that keeps its files in {@code data/felix}; whatever is started in it starts at once. */
    public static TestFelix in(Path data) throws BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        data.resolve("felix").toString(),
                        Constants.FRAMEWORK_BEGINNING_STARTLEVEL,
                        "100"));
        framework.start();
        return new TestFelix(framework);
    }

    /** The framework's own context. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Installs a jar where the launcher puts a shipped bundle of that name; it is not started. */
    public Bundle install(String name, byte[] jar) throws BundleException {
        return context().installBundle("hms:" + name, new ByteArrayInputStream(jar));
    }

    /** Told of each bundle that has started, before whoever started it goes on. */
    public void onStarted(Consumer<Bundle> listener) {
        on(BundleEvent.STARTED, listener);
    }

    /** Told of each bundle that is about to stop. */
    public void onStopping(Consumer<Bundle> listener) {
        on(BundleEvent.STOPPING, listener);
    }

    /** Told of each bundle that was uninstalled. */
    public void onUninstalled(Consumer<Bundle> listener) {
        on(BundleEvent.UNINSTALLED, listener);
    }

    private void on(int type, Consumer<Bundle> listener) {
        context().addBundleListener((SynchronousBundleListener) event -> {
            if (event.getType() == type) {
                listener.accept(event.getBundle());
            }
        });
    }

    /** All bundles of a name, in the order of their installation. */
    public List<Bundle> named(String name) {
        return Arrays.stream(context().getBundles())
                .filter(one -> name.equals(one.getSymbolicName()))
                .toList();
    }

    @Override
    public void close() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(STOP_MS);
    }
}
