package org.hmsach.itest.pax;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.cm.ConfigurationAdmin;

/** Replaces modules side by side, by the operator's command, while orders flow: nobody is told to come again. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class OverlapPaxIT {
    private static final List<String> MODULES =
            List.of("org.hmsach.gov.checks", "org.hmsach.mkt.venue", "org.hmsach.mfe.exec");
    private static final int SWAPS = 4;
    private static final int ORDERS_BETWEEN = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private BundleContext context;

    @Inject
    private ConfigurationAdmin configurations;

    private Container container;

    @Configuration
    public Option[] options() throws IOException {
        return new Option[] {ShippedFeatures.options("core", "gov", "mkt", "mfe", "console")};
    }

    @Before
    public void start() throws Exception {
        container = Container.start(context, configurations);
    }

    @After
    public void letServicesGo() {
        container.close();
    }

    @Test
    public void replacesEachFamilySideBySideUnderFlow() throws Exception {
        container.awaitActive("gov.checks");
        Path folder = Files.createTempDirectory("hms-overlap");
        OrderFlow flow = OrderFlow.start(container);
        for (String module : MODULES) {
            List<Path> versions = versions(module, folder);
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>(List.of(loader(module)));
            for (int swap = 0; swap < SWAPS; swap++) {
                JsonNode end = typed("hms:module-update " + versions.get(swap % 2) + " --watch-ms 200 --json");
                assertEquals(end.toString(), "DONE", end.path("phase").asText());
                assertEquals("bundles named " + module, 1, bundles(module).size());
                loaders.add(loader(module));
                flow.awaitOrders(ORDERS_BETWEEN, "orders after swap " + swap + " of " + module);
            }
            loaders.remove(loaders.size() - 1);
            Container.await(() -> "end of the class loaders of " + module + ": " + alive(loaders), () -> {
                System.gc();
                return alive(loaders) == 0;
            });
        }
        int orders = flow.prove(MODULES.size() * SWAPS * ORDERS_BETWEEN);
        assertEquals("told to come again", 0, flow.sentAgain());
        System.out.printf(
                "%d swaps side by side of each of %s under flow: %d orders acknowledged, lost 0, doubled 0,"
                        + " unchecked 0, told to come again 0, longest answer %d ms%n",
                SWAPS, MODULES, orders, flow.longestMs());
    }

    private WeakReference<ClassLoader> loader(String module) {
        return new WeakReference<>(
                bundles(module).get(0).adapt(BundleWiring.class).getClassLoader());
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(one -> one.get() != null).count();
    }

    private List<Path> versions(String module, Path folder) throws IOException {
        Path own = Files.createDirectories(folder.resolve(module));
        List<Path> jars = new ArrayList<>();
        for (String version : List.of("1.0.1", "1.0.2")) {
            try (InputStream shipped =
                    URI.create(bundles(module).get(0).getLocation()).toURL().openStream()) {
                jars.add(VersionedJar.of(shipped, version, own));
            }
        }
        return jars;
    }

    private List<Bundle> bundles(String module) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> module.equals(bundle.getSymbolicName()))
                .toList();
    }

    private JsonNode typed(String line) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CommandSession session = container
                .service(CommandProcessor.class)
                .createSession(new ByteArrayInputStream(new byte[0]), out, out)) {
            return JSON.readTree(String.valueOf(session.execute(line)));
        }
    }
}
