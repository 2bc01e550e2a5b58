package org.hmsach.store.internal.sql;

import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.JpaHelper;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.hmsach.api.sql.SqlMigrations;
import org.hmsach.api.sql.SqlUnits;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens persistence units: migrations first, then EclipseLink by its own provider class, nothing looked up. */
@Component(service = {SqlUnits.class, SqlMigrations.class, Units.class})
public final class Units implements SqlUnits, SqlMigrations {
    private final DataSource source;

    @Activate
    public Units(@Reference Database source) {
        this.source = source;
    }

    @Override
    public EntityManagerFactory open(Bundle bundle, String name, List<Class<?>> entities) {
        new Migrations(source, name, bundle).run();
        ClassLoader loader = entities.get(0).getClassLoader();
        UnitInfo unit = new UnitInfo(name, loader, bundle.getEntry("/"), source, entities);
        EntityManagerFactory factory =
                new PersistenceProvider().createContainerEntityManagerFactory(unit, properties(name, loader));
        if (factory == null) {
            throw new IllegalStateException("EclipseLink does not take the unit " + name);
        }
        failAtOnce(JpaHelper.getServerSession(factory).getLogin());
        return factory;
    }

    @Override
    public List<String> pending(Bundle bundle, String unit) {
        return new Migrations(source, unit, bundle).pending();
    }

    @Override
    public List<String> migrate(Bundle bundle, String unit) {
        return new Migrations(source, unit, bundle).runAgain();
    }

    /** Whoever waits for an answer must get one: by itself EclipseLink tries lost connections again for a minute. */
    private static void failAtOnce(DatabaseLogin login) {
        login.setQueryRetryAttemptCount(0);
        login.setConnectionHealthValidatedOnError(false);
    }

    private static Map<String, Object> properties(String name, ClassLoader loader) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("eclipselink.weaving", "static");
        properties.put("eclipselink.classloader", loader);
        // EclipseLink gives a known name the session it already has: with another bundle's classes or a closed pool
        properties.put("eclipselink.session-name", name + "-" + UUID.randomUUID());
        properties.put("eclipselink.cache.shared.default", "false");
        properties.put("eclipselink.jdbc.batch-writing", "JDBC");
        properties.put("eclipselink.jdbc.batch-writing.size", "500");
        properties.put("eclipselink.deploy-on-startup", "true");
        properties.put("eclipselink.logging.level", "WARNING");
        return properties;
    }
}
