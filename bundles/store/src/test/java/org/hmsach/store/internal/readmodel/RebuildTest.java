package org.hmsach.store.internal.readmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManagerFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.hmsach.api.history.History;
import org.hmsach.api.order.OrderState;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.tape.Events.OrderEventKind;
import org.hmsach.store.internal.sql.Database;
import org.hmsach.store.internal.sql.FolderBundle;
import org.hmsach.store.internal.sql.TestDatabase;
import org.hmsach.store.internal.sql.Units;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RebuildTest {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final int FIRST = 100;
    private static final int ORDERS = 2_500;
    private static final String LAST = "c-" + (FIRST + ORDERS - 1);
    private static final List<String> TABLES =
            List.of("rm_order", "rm_activity", "rm_value", "rm_cash", "rm_holding", "rm_price");

    private final ListTape tape = new ListTape();
    private Database database;

    @BeforeEach
    void openDatabase() throws SQLException {
        database = TestDatabase.open();
        Tapes.tellADay(tape);
        for (int i = FIRST; i < FIRST + ORDERS; i++) {
            tape.entry(i, Tapes.told(OrderEventKind.NEW, Tapes.order(i, OrderState.NEW, 0)));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void makesTheSameRowsAgainAndShowsNoneOfThemTooEarly() throws Exception {
        ReadModels models = start();
        assertTrue(models.awaitNumber(tape.lastNumber(), BOUND));
        List<String> before = rows();
        long rebuilds = models.standing().rebuilds();
        spoil();
        models.rebuild();
        String newest = newest(models);
        while (models.standing().rebuilds() == rebuilds || models.standing().target() > 0) {
            assertTrue(newest.equals(LAST) || newest.isEmpty(), "all orders or none, not those to " + newest);
            newest = newest(models);
        }
        assertTrue(models.awaitNumber(tape.lastNumber(), BOUND));
        assertEquals(LAST, newest(models));
        assertEquals(before, rows());
        models.stop();
    }

    @Test
    void showsNothingThatARebuildCameInto() throws Exception {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Thread reader = Thread.currentThread();
        ReadModels models = start(unit -> interrupted(unit, reader, meanwhile));
        assertTrue(models.awaitNumber(tape.lastNumber(), BOUND));
        assertEquals(LAST, newest(models));
        meanwhile.set(() -> {
            long rebuilds = models.standing().rebuilds();
            models.rebuild();
            while (models.standing().rebuilds() == rebuilds) {
                Thread.onSpinWait();
            }
        });
        assertEquals("", newest(models), "the rows were dropped while they were read");
        meanwhile.set(() -> {});
        assertTrue(models.awaitNumber(tape.lastNumber(), BOUND));
        assertEquals(LAST, newest(models));
        models.stop();
    }

    /** The unit, but before a query of the reader's begins something happens. */
    private static EntityManagerFactory interrupted(
            EntityManagerFactory unit, Thread reader, AtomicReference<Runnable> meanwhile) {
        return (EntityManagerFactory) Proxy.newProxyInstance(
                RebuildTest.class.getClassLoader(),
                new Class<?>[] {EntityManagerFactory.class},
                (proxy, method, arguments) -> {
                    if (Thread.currentThread() == reader && method.getName().equals("createEntityManager")) {
                        meanwhile.get().run();
                    }
                    return method.invoke(unit, arguments);
                });
    }

    @Test
    void ofTwoOverOneDatabaseTheOneThatWatchesCanRebuildToo() throws Exception {
        ReadModels first = start();
        assertTrue(first.awaitNumber(tape.lastNumber(), BOUND));
        ReadModels second = start();
        assertTrue(second.awaitNumber(tape.lastNumber(), BOUND));
        List<String> before = rows();
        spoil();
        long rebuilds = first.standing().rebuilds();
        first.rebuild();
        while (first.standing().rebuilds() == rebuilds) {
            first.awaitNumber(Long.MAX_VALUE, Duration.ofMillis(20));
        }
        assertTrue(first.awaitNumber(tape.lastNumber(), BOUND));
        assertTrue(second.awaitNumber(tape.lastNumber(), BOUND));
        assertEquals(before, rows());
        first.stop();
        second.stop();
    }

    /** The client order id of the newest order that a query shows; empty: it is unavailable. */
    private static String newest(ReadModels models) {
        try {
            return models.orders(new History.OrderQuery(
                            Tapes.ACCOUNT,
                            Set.of(),
                            Set.of(),
                            Optional.empty(),
                            History.OrderSpan.ofTimes(-1, Long.MAX_VALUE),
                            false,
                            1))
                    .get(0)
                    .request()
                    .clientOrderId();
        } catch (UnavailableException e) {
            return "";
        }
    }

    private ReadModels start() {
        return start(unit -> unit);
    }

    private ReadModels start(UnaryOperator<EntityManagerFactory> as) {
        return new ReadModels(
                () -> as.apply(
                        new Units(database).open(FolderBundle.of(Path.of("target/classes")), "store", Rows.ENTITIES)),
                () -> Optional.of(tape),
                () -> true,
                3_000);
    }

    private void spoil() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            assertEquals(1, statement.executeUpdate("update rm_cash set cash_minor = 7"));
        }
    }

    private List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet result = statement.executeQuery("select * from " + table + " order by id")) {
                    addRows(table, result, rows);
                }
            }
        }
        return rows;
    }

    private static void addRows(String table, ResultSet result, List<String> rows) throws SQLException {
        while (result.next()) {
            StringBuilder row = new StringBuilder(table);
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                row.append(' ').append(result.getString(i));
            }
            rows.add(row.toString());
        }
    }
}
