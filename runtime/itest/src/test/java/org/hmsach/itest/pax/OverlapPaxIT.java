package org.hmsach.itest.pax;

import static org.junit.Assert.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
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
            Installed installed = new Installed(context, module);
            List<Path> versions = installed.versions(folder);
            installed.watch();
            for (int swap = 0; swap < SWAPS; swap++) {
                JsonNode end = JSON.readTree(
                        container.typed("hms:module-update " + versions.get(swap % 2) + " --watch-ms 200 --json"));
                assertEquals(end.toString(), "DONE", end.path("phase").asText());
                assertEquals("bundles named " + module, 1, installed.bundles().size());
                installed.watch();
                flow.awaitOrders(ORDERS_BETWEEN, "orders after swap " + swap + " of " + module);
            }
            installed.awaitOthersGone();
        }
        int orders = flow.prove(MODULES.size() * SWAPS * ORDERS_BETWEEN);
        assertEquals("told to come again", 0, flow.sentAgain());
        System.out.printf(
                "%d swaps side by side of each of %s under flow: %d orders acknowledged, lost 0, doubled 0,"
                        + " unchecked 0, told to come again 0, longest answer %d ms%n",
                SWAPS, MODULES, orders, flow.longestMs());
    }
}
