package org.hmsach.gateway.internal.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hmsach.gateway.internal.guard.CallersForTests;
import org.hmsach.gateway.internal.show.HealthResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private TestEdge edge;

    @BeforeEach
    void start() throws Exception {
        edge = new TestEdge(CallersForTests.of(new OneKey()), Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @Test
    void warmsAVersionUpWithAnswersAsCallersWouldGetThem() throws Exception {
        edge.offer("/health", "health", 0, new HealthResource());
        edge.offer("/v2/orders", "orders", 0, new EdgeTest.Things("orders"));
        edge.settle();
        WarmUp.Learnt learnt = new WarmUp(edge.servlet, Duration.ofMinutes(1)).run();
        assertEquals(Map.of(200, 400), learnt.live());
        assertEquals(Map.of(401, 400), learnt.orders());
        assertEquals(Optional.empty(), learnt.trouble(false));
        assertEquals(0, edge.inside.get(), "all have left");
    }

    @Test
    void findsAVersionUnfitThatDoesNotAnswerAsItShould() throws Exception {
        edge.offer("/health", "health", 0, new HealthResource());
        edge.settle();
        WarmUp once = new WarmUp(edge.servlet, Duration.ZERO);
        assertTrue(once.run().trouble(false).orElseThrow().contains("200"), "nobody takes orders");
        edge.offer("/v2/orders", "orders", 0, new EdgeTest.Things("orders"));
        edge.settle();
        assertEquals(Optional.empty(), once.run().trouble(false));
        try (TestEdge nobody = new TestEdge(CallersForTests.none(), Duration.ofMillis(50))) {
            nobody.offer("/health", "health", 0, new HealthResource());
            nobody.offer("/v2/orders", "orders", 0, new EdgeTest.Things("orders"));
            nobody.settle();
            WarmUp.Learnt learnt = new WarmUp(nobody.servlet, Duration.ZERO).run();
            assertEquals(Optional.empty(), learnt.trouble(true), "identity is away");
            assertTrue(learnt.trouble(false).orElseThrow().contains("503"));
        }
    }
}
