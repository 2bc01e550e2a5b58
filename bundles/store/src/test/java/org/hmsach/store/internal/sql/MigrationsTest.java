package org.hmsach.store.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final String ONE = "V1__words.sql";
    private static final String TWO = "V2__colour.sql";
    private static final String THREE = "V3__size.sql";
    private static final Map<String, String> SQL = Map.of(
            ONE, "create table word (id int primary key);",
            TWO, "alter table word add column colour varchar(8);",
            THREE, "alter table word add column size_mm int;");

    @TempDir
    Path folder;

    private Database database;
    private Units units;
    private int bundles;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        units = new Units(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void saysWhatWouldRunAndRunsIt() throws IOException {
        Path first = bundle(ONE, TWO);
        assertEquals(List.of(ONE, TWO), pending(first));
        assertEquals(List.of(ONE, TWO), pending(first), "nothing ran");
        assertEquals(List.of(ONE, TWO), migrate(first));
        assertEquals(List.of(), pending(first));
        assertEquals(List.of(THREE), pending(bundle(ONE, TWO, THREE)));
    }

    @Test
    void leavesNewerScriptsAlone() throws IOException {
        migrate(bundle(ONE, TWO));
        Path older = bundle(ONE);
        assertEquals(List.of(), pending(older));
        assertEquals(List.of(), migrate(older));
        assertEquals(List.of(THREE), pending(bundle(ONE, TWO, THREE)));
    }

    @Test
    void namesWhatDoesNotFit() throws IOException {
        migrate(bundle(ONE, TWO));
        Path changed = bundle(ONE, TWO);
        Files.writeString(changed.resolve("db/migration").resolve(TWO), "alter table word add column hue varchar(9);");
        refused(changed, "V2 colour", "checksum");
        refused(bundle(ONE, THREE), "V2 colour", "not resolved");
        Path late = bundle(ONE, TWO);
        script(late, "V1_1__late.sql", "create table late (id int);");
        refused(late, "V1.1 late", "not applied");
        Path misnamed = bundle(ONE, TWO);
        script(misnamed, "V3_size.sql", "create table size (id int);");
        refused(misnamed, "V3_size.sql");
    }

    @Test
    void letsAFailedScriptBeMended() throws IOException {
        migrate(bundle(ONE));
        Path broken = bundle(ONE);
        script(broken, TWO, "alter tabel word add column colour varchar(8);");
        IllegalStateException failed = assertThrows(IllegalStateException.class, () -> migrate(broken));
        assertTrue(failed.getMessage().contains(TWO), failed.getMessage());
        assertEquals(List.of(), migrate(bundle(ONE)), "the version before is not held up");
        assertEquals(List.of(TWO), migrate(bundle(ONE, TWO)));
    }

    /** Whoever opens a unit tries again and again. */
    @Test
    void doesNotRepeatWhatFailedByItself() throws Exception {
        migrate(bundle(ONE));
        Path broken = bundle(ONE);
        script(
                broken,
                TWO,
                "insert into word values ((select count(*) from word)); create table hue (id int); broken;");
        for (int i = 0; i < 3; i++) {
            String why = assertThrows(IllegalStateException.class, () -> open(broken))
                    .getMessage();
            assertTrue(why.contains("2") && why.contains("runs again when it is mended"), why);
        }
        assertEquals(1, words(), "its first half was done once");
        assertEquals(List.of(TWO), pending(broken), "a swap would run it again");
        assertThrows(IllegalStateException.class, () -> migrate(broken));
        Path mended = bundle(ONE, TWO);
        assertEquals(List.of(TWO), pending(mended));
        assertEquals(List.of(TWO), open(mended));
        assertEquals(List.of(), open(mended));
    }

    @Test
    void opensForTheVersionBeforeBehindAFailedScript() throws Exception {
        migrate(bundle(ONE));
        Path broken = bundle(ONE);
        script(broken, TWO, "broken;");
        assertThrows(IllegalStateException.class, () -> open(broken));
        assertEquals(List.of(), pending(bundle(ONE)));
        assertEquals(List.of(), open(bundle(ONE)));
    }

    private List<String> open(Path bundle) {
        return new Migrations(database, "words", FolderBundle.of(bundle)).run();
    }

    private int words() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from word")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void refusesAnAbsurdName() throws IOException {
        Path any = bundle(ONE);
        IllegalArgumentException bad =
                assertThrows(IllegalArgumentException.class, () -> units.pending(FolderBundle.of(any), "No \"name\""));
        assertTrue(bad.getMessage().contains("No \"name\""), bad.getMessage());
    }

    private void refused(Path bundle, String... parts) {
        for (String part : parts) {
            String said = assertThrows(IllegalStateException.class, () -> pending(bundle))
                    .getMessage();
            assertTrue(said.contains(part), said);
            String done = assertThrows(IllegalStateException.class, () -> migrate(bundle))
                    .getMessage();
            assertTrue(done.contains("words"), done);
        }
    }

    private List<String> pending(Path bundle) {
        return units.pending(FolderBundle.of(bundle), "words");
    }

    private List<String> migrate(Path bundle) {
        return units.migrate(FolderBundle.of(bundle), "words");
    }

    private Path bundle(String... scripts) throws IOException {
        Path bundle = folder.resolve("bundle" + bundles++);
        for (String script : scripts) {
            script(bundle, script, SQL.get(script));
        }
        return bundle;
    }

    private static void script(Path bundle, String name, String sql) throws IOException {
        Path scripts = Files.createDirectories(bundle.resolve("db/migration"));
        Files.writeString(scripts.resolve(name), sql);
    }
}
