package org.hmsach.store.internal.sql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.hmsach.api.sql.SqlCopy;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Copies an H2 database that this process has open; of any other it only says that it is not ours to copy. */
@Component
public final class DatabaseCopy implements SqlCopy {
    private static final String SUFFIX = ".mv.db";
    private final DataSource source;

    @Activate
    public DatabaseCopy(@Reference Database source) {
        this.source = source;
    }

    @Override
    public Optional<Path> file() {
        try (Connection connection = source.getConnection()) {
            if (!connection.getMetaData().getDatabaseProductName().equals("H2")) {
                return Optional.empty();
            }
            try (Statement statement = connection.createStatement();
                    ResultSet path = statement.executeQuery("call database_path()")) {
                // null: in memory
                return path.next()
                        ? Optional.ofNullable(path.getString(1)).map(p -> Path.of(p + SUFFIX))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not say where it lies: " + e.getMessage(), e);
        }
    }

    @Override
    public void copyTo(Path copy) throws IOException {
        if (file().isEmpty()) {
            throw new IllegalStateException("the SQL database is no file of this process");
        }
        Path zip = copy.resolveSibling(copy.getFileName() + ".zip");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("backup to '" + zip.toString().replace("'", "''") + "'");
        } catch (SQLException e) {
            throw new IOException("the SQL database cannot be copied: " + e.getMessage(), e);
        }
        unzip(zip, copy);
        Files.delete(zip);
    }

    private static void unzip(Path zip, Path copy) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile())) {
            List<? extends ZipEntry> entries =
                    file.stream().filter(e -> e.getName().endsWith(SUFFIX)).toList();
            if (entries.size() != 1) {
                throw new IOException("the database's copy holds " + entries.size() + " databases");
            }
            try (InputStream in = file.getInputStream(entries.get(0));
                    FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                in.transferTo(Channels.newOutputStream(out));
                out.force(true);
            }
        }
    }
}
