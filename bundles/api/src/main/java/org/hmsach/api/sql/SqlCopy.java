package org.hmsach.api.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Copies the SQL database while it is used. Offered by store; thread-safe. */
@ProviderType
public interface SqlCopy {
    /** The file of a database inside this process, absolute; empty when a database server keeps it. */
    Optional<Path> file();

    /**
     * Writes the database as of one moment, forced to disk. Reading and writing go on meanwhile.
     *
     * @param copy must not be there
     * @throws IOException           when it cannot be written
     * @throws IllegalStateException when a database server keeps the database
     */
    void copyTo(Path copy) throws IOException;
}
