package org.hmsach.store.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.persistence.internal.weaving.PersistenceWeaved;
import org.hmsach.store.internal.readmodel.CashRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnitsTest {
    private static final Path OURS = Path.of("target/classes");
    private static final List<Class<?>> ENTITIES = List.of(CashRow.class);

    @Test
    void migratesAndOpensAWovenUnit() throws SQLException {
        try (Database database = TestDatabase.open();
                EntityManagerFactory unit = new Units(database).open(FolderBundle.of(OURS), "store", ENTITIES);
                EntityManager em = unit.createEntityManager()) {
            assertEquals(
                    0,
                    em.createQuery("select c from CashRow c", CashRow.class)
                            .getResultList()
                            .size());
            assertTrue(PersistenceWeaved.class.isAssignableFrom(CashRow.class), "entities are woven by the build");
        }
    }

    @Test
    void keepsOneHistoryTableForEachUnitInOneSchema(@TempDir Path other) throws Exception {
        script(other, "V1__other.sql", "create table other_thing (id int primary key);");
        try (Database database = TestDatabase.open()) {
            Units units = new Units(database);
            units.open(FolderBundle.of(OURS), "store", ENTITIES).close();
            units.open(FolderBundle.of(OURS), "store", ENTITIES).close();
            units.open(FolderBundle.of(other), "other", ENTITIES).close();
            assertEquals(1, count(database, "select count(*) from \"flyway_other\" where \"version\" = '1'"));
            assertEquals(1, count(database, "select count(*) from \"flyway_store\" where \"version\" = '1'"));
        }
    }

    @Test
    void namesTheMigrationThatFails(@TempDir Path broken) throws Exception {
        script(broken, "V1__broken.sql", "create tabel nothing;");
        try (Database database = TestDatabase.open()) {
            IllegalStateException e = assertThrows(IllegalStateException.class, () -> new Units(database)
                    .open(FolderBundle.of(broken), "broken", ENTITIES));
            assertTrue(e.getMessage().contains("V1__broken"), e.getMessage());
        }
    }

    @Test
    void keepsRowsInAFileAcrossReopening(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("hms");
        try (Database database = TestDatabase.h2(url)) {
            new Units(database).open(FolderBundle.of(OURS), "store", ENTITIES).close();
        }
        try (Database database = TestDatabase.h2(url)) {
            assertEquals(1, count(database, "select count(*) from rm_bookmark"));
        }
    }

    @Test
    void refusesAnAbsurdPool() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Database(TestDatabase.h2Drivers(), "jdbc:h2:mem:x", "sa", "", 1));
    }

    private static void script(Path bundle, String name, String sql) throws IOException {
        Path folder = Files.createDirectories(bundle.resolve("db/migration"));
        Files.writeString(folder.resolve(name), sql);
    }

    private static long count(Database database, String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
