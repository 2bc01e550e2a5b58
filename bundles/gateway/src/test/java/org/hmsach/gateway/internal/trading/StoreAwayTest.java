package org.hmsach.gateway.internal.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.identity.Role;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.module.ModuleStatus;
import org.hmsach.gateway.internal.edge.TestEdge;
import org.hmsach.gateway.internal.guard.CallersForTests;
import org.hmsach.gateway.internal.guard.KeyBook;
import org.hmsach.testkit.fake.FakeMarketData;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.FakeTape;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked of read models while store has none to offer. */
class StoreAwayTest {
    private static final List<String> SINGLE = List.of(
            "/v2/orders/00000000-0000-4000-8000-000000000001",
            "/v2/orders:by_client_order_id?client_order_id=long-ago");
    private static final List<String> LISTS = List.of("/v2/orders?status=closed", "/v2/account/activities");

    private ModuleState state = ModuleState.ABSENT;
    private TestEdge edge;

    private final class OneModule implements ModuleRegistry {
        @Override
        public List<ModuleStatus> modules() {
            return List.of(new ModuleStatus("platform", "store", "org.hmsach.store", "1.0.0", state, 0, "", ""));
        }

        @Override
        public Optional<ModuleStatus> module(String name) {
            return modules().stream().filter(one -> one.module().equals(name)).findFirst();
        }
    }

    @BeforeEach
    void start() throws Exception {
        FakePortfolio portfolio = new FakePortfolio();
        portfolio.put(Samples.account(Samples.ACCOUNT, 1_000_000));
        portfolio.grant(Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR);
        KeyBook people = new KeyBook().key("alice", Samples.PERSON, Samples.ACCOUNT, Role.INVESTOR);
        edge = new TestEdge(CallersForTests.of(people, portfolio), Duration.ofSeconds(1));
        Desk desk = DeskForTests.over(
                portfolio, new FakeTape(), new FakeMarketData(), new Histories(List.of(), List.of(new OneModule())));
        edge.offer("/v2/orders", "orders", 0, new OrderResource(desk));
        edge.offer("/v2/orders:by_client_order_id", "by-client-id", 0, new OrderByClientIdResource(desk));
        edge.offer("/v2/account/activities", "activities", 0, new ActivityResource(desk));
        edge.settle();
    }

    @AfterEach
    void stop() throws Exception {
        edge.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"PARKED", "STARTING"})
    void tellsWhenToComeAgainWhileStoreIsBeingReplaced(ModuleState away) throws Exception {
        state = away;
        for (String path : List.of(SINGLE.get(0), SINGLE.get(1), LISTS.get(0), LISTS.get(1))) {
            HttpResponse<String> answer = edge.get(path, KeyBook.headers("alice"));
            assertEquals(503, answer.statusCode(), path + answer.body());
            assertEquals("1", answer.headers().firstValue("Retry-After").orElse("none"), path);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ACTIVE", "FAILED"})
    void deniesNoOldOrderWhileAStoreThatIsInstalledTellsNothing(ModuleState away) throws Exception {
        state = away;
        for (String path : SINGLE) {
            HttpResponse<String> answer = edge.get(path, KeyBook.headers("alice"));
            assertEquals(503, answer.statusCode(), path + answer.body());
            assertEquals("MODULE_ABSENT", edge.object(answer).get("reason"));
        }
    }

    @Test
    void withoutAStoreOnlyLiveOrdersAreKnown() throws Exception {
        for (String path : SINGLE) {
            assertEquals(404, edge.get(path, KeyBook.headers("alice")).statusCode(), path);
        }
        for (String path : LISTS) {
            HttpResponse<String> answer = edge.get(path, KeyBook.headers("alice"));
            assertEquals("MODULE_ABSENT", edge.object(answer).get("reason"), answer.body());
        }
    }
}
