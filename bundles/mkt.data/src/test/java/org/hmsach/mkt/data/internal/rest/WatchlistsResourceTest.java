package org.hmsach.mkt.data.internal.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.mkt.data.internal.master.Catalogue;
import org.hmsach.mkt.data.internal.view.MarketView;
import org.hmsach.mkt.data.internal.watchlist.WatchlistStore;
import org.hmsach.testkit.fake.FakePortfolio;
import org.hmsach.testkit.fake.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchlistsResourceTest {
    private final WatchlistStore store = new WatchlistStore(
            List.of(Map.entry(Map.of(), (bundle, name, entities) -> unit(name))),
            units -> units.open(null, "watchlists", List.of()));
    private final WatchlistsResource lists = new WatchlistsResource(
            new FakePortfolio().put(Samples.instrument("BAC", "paper")).put(Samples.instrument("IBM", "paper")),
            listing(),
            store);

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepsListsThroughTheirLife() {
        String id = (String) lists.make(Map.of("name", "banks", "symbols", List.of("BAC")), me())
                .get("id");
        assertEquals(List.of("BAC"), symbols(lists.one(id, me())));
        assertEquals(List.of("BAC", "IBM"), symbols(lists.add(id, Map.of("symbol", "IBM"), me())));
        assertEquals(List.of("BAC", "IBM"), symbols(lists.add(id, Map.of("symbol", "IBM"), me())));
        assertEquals(List.of("IBM"), symbols(lists.takeOut(id, "BAC", me())));
        assertEquals("tech", lists.replace(id, Map.of("name", "tech"), me()).get("name"));
        assertEquals(List.of("IBM"), symbols(lists.one(id, me())));
        assertEquals(1, lists.list(me()).size());
        lists.remove(id, me());
        assertEquals(List.of(), lists.list(me()));
    }

    @Test
    void hidesOtherPeoplesLists() {
        String id = (String) lists.make(Map.of("name", "mine"), me()).get("id");
        SecurityContext other = caller(Optional.of(new UUID(1, 2)));
        assertEquals(404, status(() -> lists.one(id, other)));
        assertEquals(404, status(() -> lists.remove(id, other)));
        assertEquals(List.of(), lists.list(other));
        assertEquals(403, status(() -> lists.list(caller(Optional.empty()))));
    }

    @Test
    void refusesBadBodiesAndChangesNothing() {
        lists.make(Map.of("name", "mine"), me());
        assertEquals(422, status(() -> lists.make(Map.of("name", "mine"), me())));
        assertEquals(422, status(() -> lists.make(Map.of("name", ""), me())));
        assertEquals(422, status(() -> lists.make(Map.of("name", "x".repeat(65)), me())));
        assertEquals(422, status(() -> lists.make(Map.of("name", "a", "symbols", List.of("NOPE")), me())));
        assertEquals(422, status(() -> lists.make(Map.of("name", "a", "symbols", "IBM"), me())));
        assertEquals(422, status(() -> lists.make(Map.of("name", "a", "colour", "red"), me())));
        assertEquals(404, status(() -> lists.one("1", me())));
        assertEquals(1, lists.list(me()).size());
    }

    private static EntityManagerFactory unit(String name) {
        return Persistence.createEntityManagerFactory(
                name,
                Map.of(
                        "jakarta.persistence.jdbc.url",
                        database(),
                        "eclipselink.session-name",
                        UUID.randomUUID().toString(),
                        "eclipselink.weaving",
                        "static"));
    }

    /** A database of its own, made by the migration that ships. */
    private static String database() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("runscript from 'classpath:db/migration/V1__watchlists.sql'");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return url;
    }

    private static List<?> symbols(Map<String, Object> list) {
        return ((List<?>) list.get("assets"))
                .stream().map(asset -> ((Map<?, ?>) asset).get("symbol")).toList();
    }

    private static int status(Runnable call) {
        return assertThrows(ProblemException.class, call::run).problem().status();
    }

    private static MarketView listing() {
        Catalogue catalogue = new Catalogue(new String[0], 100, "paper");
        return (MarketView) Proxy.newProxyInstance(
                MarketView.class.getClassLoader(),
                new Class<?>[] {MarketView.class},
                (proxy, method, arguments) -> catalogue.listing((Instrument) arguments[0]));
    }

    private static SecurityContext me() {
        return caller(Optional.of(Samples.ACCOUNT));
    }

    private static SecurityContext caller(Optional<UUID> account) {
        Caller caller = new Caller(Samples.PERSON, "ines", Set.of(Role.INVESTOR), account, Optional.empty());
        return (SecurityContext) Proxy.newProxyInstance(
                SecurityContext.class.getClassLoader(), new Class<?>[] {SecurityContext.class}, (p, m, a) -> caller);
    }
}
