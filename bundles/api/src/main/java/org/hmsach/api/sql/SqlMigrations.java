package org.hmsach.api.sql;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/**
 * Runs the SQL scripts of a bundle before it is opened as a {@linkplain SqlUnits unit}, e.g. while the version before
 * it is still used. Offered by store; thread-safe, one run at a time.
 */
@ProviderType
public interface SqlMigrations {
    /**
     * The bundle's scripts that have not run, in their order. Changes nothing. Scripts that ran and are newer than all
     * of the bundle are left alone.
     *
     * @param unit name of the unit, {@code [a-z]{1,16}}
     * @throws IllegalStateException naming the script that ran and is missing or different in the bundle, or that is
     *                               older than one that ran
     */
    List<String> pending(Bundle bundle, String unit);

    /**
     * Runs them.
     *
     * @return their names in the order in which they ran
     * @throws IllegalStateException as above, or naming the script that failed: it may be mended and run again
     */
    List<String> migrate(Bundle bundle, String unit);
}
