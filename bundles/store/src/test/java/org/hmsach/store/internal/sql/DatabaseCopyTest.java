package org.hmsach.store.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseCopyTest {
    @TempDir
    private Path folder;

    /** Each transaction writes one row in both tables: a copy of two moments would show unequal numbers. */
    @Test
    void isOfOneMomentWhileRowsAreWritten() throws Exception {
        Path copy = folder.resolve("copy.mv.db");
        try (Database database = TestDatabase.h2("jdbc:h2:file:" + folder.resolve("it's live"))) {
            run(
                    database,
                    "create table a (id int)",
                    "create table b (id int)",
                    "insert into a values (0)",
                    "insert into b values (0)");
            AtomicBoolean enough = new AtomicBoolean();
            CompletableFuture<Integer> writer = CompletableFuture.supplyAsync(() -> write(database, enough));
            DatabaseCopy copies = new DatabaseCopy(database);
            assertEquals(Optional.of(folder.resolve("it's live.mv.db")), copies.file());
            copies.copyTo(copy);
            enough.set(true);
            assertTrue(writer.get() > 0);
        }
        try (Database restored = TestDatabase.h2("jdbc:h2:file:" + folder.resolve("copy"))) {
            assertTrue(count(restored, "a") >= 1);
            assertEquals(count(restored, "a"), count(restored, "b"));
        }
    }

    @Test
    void leavesOtherDatabasesToTheirOperators() throws SQLException {
        try (Database database = TestDatabase.h2("jdbc:h2:mem:nofile")) {
            DatabaseCopy copies = new DatabaseCopy(database);
            assertEquals(Optional.empty(), copies.file());
            assertThrows(IllegalStateException.class, () -> copies.copyTo(folder.resolve("copy.mv.db")));
        }
    }

    private static int write(Database database, AtomicBoolean enough) {
        int transactions = 0;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            do {
                statement.execute("insert into a values (1)");
                statement.execute("insert into b values (1)");
                connection.commit();
                transactions++;
            } while (!enough.get());
            return transactions;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Database database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private static int count(Database database, String table) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + table)) {
            result.next();
            return result.getInt(1);
        }
    }
}
