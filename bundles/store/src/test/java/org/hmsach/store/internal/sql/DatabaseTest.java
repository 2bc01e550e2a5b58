package org.hmsach.store.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    private Path folder;

    /** What a killed process leaves is the file as it is. */
    @Test
    void handsEveryCommitOfH2ToTheFileBeforeItIsAnswered() throws SQLException, IOException {
        try (Database live = TestDatabase.h2("jdbc:h2:file:" + folder.resolve("live"));
                Connection connection = live.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int)");
            for (int rows = 1; rows <= 3; rows++) {
                statement.execute("insert into t values (" + rows + ")");
                Files.copy(folder.resolve("live.mv.db"), folder.resolve("left" + rows + ".mv.db"));
                assertEquals(rows, rows(folder.resolve("left" + rows)));
            }
        }
    }

    private static int rows(Path database) throws SQLException {
        try (Database left = TestDatabase.h2("jdbc:h2:file:" + database);
                Connection connection = left.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }
}
