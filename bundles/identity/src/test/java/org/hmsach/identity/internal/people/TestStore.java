package org.hmsach.identity.internal.people;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.h2.util.OsgiDataSourceFactory;
import org.hmsach.api.sql.SqlUnits;
import org.hmsach.store.internal.sql.Database;
import org.hmsach.store.internal.sql.Units;
import org.osgi.framework.Bundle;

/** The real store over H2 in memory, migrated and woven, without a framework. */
public final class TestStore implements AutoCloseable {
    private static final Path CLASSES = Path.of("target/classes");
    private static final int POOL = 8;

    private final Database database;
    private final IdentityStore store;
    private final List<Connection> held = new ArrayList<>();

    public TestStore() throws SQLException {
        this("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    public TestStore(String url) throws SQLException {
        database = new Database(new OsgiDataSourceFactory(new org.h2.Driver()), url, "sa", "", POOL);
        store = another();
    }

    public IdentityStore store() {
        return store;
    }

    /** A second store over the same database, as another version of the bundle has. */
    public IdentityStore another() {
        return new IdentityStore(
                List.of(Map.entry(Map.of(), new Units(database))),
                (units, entities) -> units.open(bundle(), "identity", entities),
                System::nanoTime);
    }

    /** As one version of store offers it. */
    Map.Entry<Map<String, Object>, SqlUnits> units() {
        return Map.entry(Map.of(), new Units(database));
    }

    /** From now on whoever needs the database waits for it. */
    public void hang() throws SQLException {
        database.setConnectionTimeout(TimeUnit.MINUTES.toMillis(10));
        for (int i = 0; i < POOL; i++) {
            held.add(database.getConnection());
        }
    }

    /** Runs a statement beside the unit. */
    void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What is in the database as text, to look for what must not be there. */
    public String dump() throws SQLException {
        StringBuilder text = new StringBuilder();
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("script")) {
            while (rows.next()) {
                text.append(rows.getString(1)).append('\n');
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        store.close();
        database.close();
    }

    static Bundle bundle() {
        return (Bundle) Proxy.newProxyInstance(
                TestStore.class.getClassLoader(),
                new Class<?>[] {Bundle.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "findEntries" -> Collections.enumeration(scripts(CLASSES.resolve((String) args[0])));
                    case "getEntry" -> CLASSES.toUri().toURL();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static List<URL> scripts(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(TestStore::url).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
