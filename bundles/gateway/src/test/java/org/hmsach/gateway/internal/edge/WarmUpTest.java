package org.hmsach.gateway.internal.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.http.Doc;
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
        edge.offer("/v2/orders", "orders", 0, new Orders(false));
        edge.settle();
        WarmUp.Learnt learnt = new WarmUp(edge.servlet, Duration.ofMinutes(1)).run();
        assertEquals(Map.of(200, 1_500), learnt.live());
        assertEquals(Map.of(401, 1_500), learnt.orders(), "a warm-up is let into nothing but previews");
        assertEquals(Map.of(200, 1_500), learnt.previews());
        assertEquals(Optional.empty(), learnt.trouble(false));
        assertEquals(0, edge.inside.get(), "all have left");
    }

    @Test
    void findsAVersionUnfitThatDoesNotAnswerAsItShould() throws Exception {
        edge.offer("/health", "health", 0, new HealthResource());
        edge.settle();
        WarmUp once = new WarmUp(edge.servlet, Duration.ZERO);
        assertTrue(once.run().trouble(false).orElseThrow().contains("200"), "nobody takes orders");
        edge.offer("/v2/orders", "orders", 0, new Orders(false));
        edge.settle();
        assertEquals(Optional.empty(), once.run().trouble(false));
        try (TestEdge nobody = new TestEdge(CallersForTests.none(), Duration.ofMillis(50))) {
            nobody.offer("/health", "health", 0, new HealthResource());
            nobody.offer("/v2/orders", "orders", 0, new Orders(false));
            nobody.settle();
            WarmUp.Learnt learnt = new WarmUp(nobody.servlet, Duration.ZERO).run();
            assertEquals(Optional.empty(), learnt.trouble(true), "identity is away");
            assertTrue(learnt.trouble(false).orElseThrow().contains("503"));
        }
    }

    @Test
    void findsAVersionUnfitWhosePreviewsFail() throws Exception {
        edge.offer("/health", "health", 0, new HealthResource());
        edge.offer("/v2/orders", "orders", 0, new Orders(true));
        edge.settle();
        WarmUp.Learnt learnt = new WarmUp(edge.servlet, Duration.ZERO).run();
        assertTrue(learnt.trouble(false).orElseThrow().contains("a preview with 500"));
    }

    /** Takes orders of those who may, and previews them. */
    @Path("")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public static final class Orders {
        private final boolean fails;

        Orders(boolean fails) {
            this.fails = fails;
        }

        @POST
        @Doc(value = "Places.", kind = "order.place")
        public Map<String, Object> place(Map<String, Object> fields) {
            return fields;
        }

        @POST
        @Path("preview")
        @Doc(value = "Previews.", kind = "order.preview")
        public Map<String, Object> preview(Map<String, Object> fields, @Context SecurityContext security) {
            if (fails) {
                throw new IllegalStateException("a bug");
            }
            return Map.of("caller", security.getUserPrincipal().getName(), "fields", fields);
        }
    }
}
