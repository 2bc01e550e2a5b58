package org.hmsach.api.sql;

import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/** Persistence units over the organisation's one SQL data source. Offered by store; thread-safe. */
@ProviderType
public interface SqlUnits {
    /**
     * Runs the bundle's Flyway migrations (entries {@code db/migration/*.sql}, history table {@code flyway_<name>}) and
     * opens a statically woven EclipseLink unit. The caller closes the factory.
     *
     * @param bundle   the bundle with entities and migrations
     * @param name     name of the unit, {@code [a-z]{1,16}}
     * @param entities the entity classes
     * @throws IllegalStateException if a migration fails; the message names it
     */
    EntityManagerFactory open(Bundle bundle, String name, List<Class<?>> entities);
}
