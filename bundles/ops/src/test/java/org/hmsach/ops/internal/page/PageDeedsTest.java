package org.hmsach.ops.internal.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.rule.Verdict;
import org.hmsach.ops.internal.desired.TestFelix;
import org.hmsach.ops.internal.desired.TestJar;
import org.hmsach.ops.internal.modules.ModuleKeeper;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.shadow.ShadowReport;
import org.hmsach.ops.internal.swap.CoreSeam;
import org.hmsach.ops.internal.swap.NoComponents;
import org.hmsach.ops.internal.swap.OneServes;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Phase;
import org.hmsach.ops.internal.swap.Preview;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.spi.gov.OrderCheck;
import org.hmsach.spi.gov.OrderProposal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** What the page's script may ask, against the real engine in a real framework. */
@Timeout(120)
class PageDeedsTest {
    private static final String NAME = "com.acme.words";
    private static final Map<String, String> MODULE =
            Map.of("Provide-Capability", "org.hmsach.module;family=vendor;module=words");

    @TempDir
    Path data;

    private TestFelix felix;
    private SwapEngine engine;
    private ModuleKeeper keeper;
    private ShadowDesk desk;
    private PageDeeds deeds;

    private record Config(String data_dir) implements SwapEngine.Config, ModuleKeeper.Config {
        @Override
        public long ready_ms() {
            return 60_000;
        }

        @Override
        public long answer_ms() {
            return 60_000;
        }

        @Override
        public long transform_ms() {
            return 60_000;
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return SwapEngine.Config.class;
        }
    }

    private static final class Lenient implements OrderCheck {
        @Override
        public String rule() {
            return "acme.words";
        }

        @Override
        public Verdict check(OrderProposal proposal) {
            return Verdict.allow("acme.words", "1", Map.of());
        }
    }

    @BeforeEach
    void startFelix() throws Exception {
        felix = TestFelix.in(data);
        felix.onStarted(bundle -> bundle.getBundleContext().registerService(OrderCheck.class, new Lenient(), null));
        BundleContext context = felix.context();
        OneServes serves = new OneServes(context, 0);
        Config config = new Config(data.toString());
        engine = new SwapEngine(context, config, serves, new NoComponents(), new CoreSeam());
        keeper = new ModuleKeeper(context, config, serves);
        desk = new ShadowDesk(context, engine, serves, new CoreSeam(), Duration.ofSeconds(60));
        deeds = new PageDeeds(keeper, engine, desk);
    }

    @AfterEach
    void stopFelix() throws Exception {
        desk.close();
        felix.close();
    }

    @Test
    void installsWhatWasPreviewedForThePersonAndTakesItOutAgain() throws Exception {
        byte[] jar = TestJar.bundle(NAME, "words", MODULE);
        Preview preview = (Preview) deeds.of("preview", AskedBy.jar("ann", jar, Map.of()));
        assertEquals("install", preview.way());
        Operation.Record done = ended(deeds.of("update", AskedBy.jar("ann", jar, said(preview, "we want words"))));
        assertEquals(Phase.DONE, done.phase(), done.steps().toString());
        assertEquals("ann", done.request().who());
        assertEquals("we want words", done.request().why());
        Operation.Record gone =
                ended(deeds.of("remove", AskedBy.json("bob", Map.of("target", NAME, "why", "no more words"))));
        assertEquals(Phase.DONE, gone.phase(), gone.steps().toString());
        assertEquals("bob", gone.request().who());
        assertEquals("", engine.version(NAME).version());
        Operation.Record back = ended(
                deeds.of("rollback", AskedBy.json("ann", Map.of("target", NAME, "why", "words again", "watchMs", 0))));
        assertEquals(Phase.DONE, back.phase(), back.steps().toString());
        assertEquals("1.0.0", engine.version(NAME).version());
    }

    @Test
    void refusesAnotherJarThanTheOnePreviewed() throws Exception {
        byte[] jar = TestJar.bundle(NAME, "words", MODULE);
        Preview preview = (Preview) deeds.of("preview", AskedBy.jar("ann", jar, Map.of()));
        byte[] other = TestJar.bundle(NAME, "other words", MODULE);
        for (String deed : new String[] {"update", "shadow"}) {
            Refused refused = assertThrows(
                    Refused.class, () -> deeds.of(deed, AskedBy.jar("ann", other, said(preview, "unseen"))));
            assertTrue(refused.getMessage().contains(preview.to().digest()), refused.getMessage());
        }
        assertEquals("", engine.version(NAME).version());
        try (var left = Files.list(data.resolve("tmp"))) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void letsOnlyASecondPersonPromote() throws Exception {
        install(TestJar.bundle(NAME, "words", MODULE));
        byte[] next = TestJar.bundle(NAME, "next", Map.of("Bundle-Version", "1.1.0"));
        Preview preview = (Preview) deeds.of("preview", AskedBy.jar("ann", next, Map.of()));
        ShadowReport shadow = (ShadowReport) deeds.of("shadow", AskedBy.jar("ann", next, said(preview, "to see")));
        Map<String, Object> asked = Map.of("target", shadow.id(), "why", "fine", "watchMs", 0);
        assertThrows(Refused.class, () -> deeds.of("promote", AskedBy.json("ann", asked)));
        Operation.Record done = ended(deeds.of("promote", AskedBy.json("bob", asked)));
        assertEquals(Phase.DONE, done.phase(), done.steps().toString());
        assertEquals("1.1.0", engine.version(NAME).version());
    }

    @Test
    void wantsAPersonAReasonAndATypeThatFormsCannotSend() throws Exception {
        byte[] jar = TestJar.bundle(NAME, "words", MODULE);
        assertEquals(422, status("update", AskedBy.jar("ann", jar, Map.of("digest", "0"))), "no reason");
        assertEquals(422, status("remove", AskedBy.json("ann", Map.of("target", NAME))), "no reason");
        assertEquals(403, status("remove", AskedBy.json("", Map.of("target", NAME, "why", "x"))), "nobody");
        assertEquals(415, status("preview", AskedBy.form("ann", jar)), "a form");
        assertEquals(415, status("remove", AskedBy.form("ann", "{}".getBytes(StandardCharsets.UTF_8))), "a form");
        assertEquals(404, status("explode", AskedBy.json("ann", Map.of())));
        assertEquals("", engine.version(NAME).version());
    }

    @Test
    void takesNoLargerJarWhetherItsLengthIsTold() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return length;
            }
        };
        assertEquals(413, status("preview", AskedBy.stream("ann", endless, Asked.MOST_JAR_BYTES + 1)));
        assertEquals(413, status("preview", AskedBy.stream("ann", endless, -1)));
        InputStream noise = new ByteArrayInputStream(new byte[10]);
        assertThrows(Refused.class, () -> deeds.of("preview", AskedBy.stream("ann", noise, 10)));
    }

    private void install(byte[] jar) throws Exception {
        Preview preview = (Preview) deeds.of("preview", AskedBy.jar("ann", jar, Map.of()));
        ended(deeds.of("update", AskedBy.jar("ann", jar, said(preview, "first"))));
    }

    private static Map<String, String> said(Preview preview, String why) {
        return Map.of("why", why, "digest", preview.to().digest(), "watchMs", "0");
    }

    private Operation.Record ended(Object begun) throws InterruptedException {
        Operation.Record record = (Operation.Record) begun;
        while (!record.phase().isEnd()) {
            record = engine.operation(record.id(), record.steps().size(), Duration.ofSeconds(60))
                    .orElseThrow();
        }
        return record;
    }

    private int status(String deed, HttpServletRequest request) {
        return assertThrows(ProblemException.class, () -> deeds.of(deed, request))
                .problem()
                .status();
    }
}
