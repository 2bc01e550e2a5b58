package org.hmsach.store.internal.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.h2.util.OsgiDataSourceFactory;
import org.osgi.service.jdbc.DataSourceFactory;

/** A real, empty database: H2 in memory, or the PostgreSQL that {@code HMS_TEST_POSTGRES} addresses. */
public final class TestDatabase {
    private static final String POSTGRES = System.getenv("HMS_TEST_POSTGRES");

    private TestDatabase() {}

    public static Database open() throws SQLException {
        if (POSTGRES == null) {
            return h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }
        Database database = new Database(
                new org.postgresql.osgi.PGDataSourceFactory(), POSTGRES, System.getProperty("user.name"), "", 8);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema public cascade; create schema public");
        }
        return database;
    }

    public static Database h2(String url) throws SQLException {
        return new Database(h2Drivers(), url, "sa", "", 8);
    }

    public static DataSourceFactory h2Drivers() {
        return new OsgiDataSourceFactory(new org.h2.Driver());
    }
}
