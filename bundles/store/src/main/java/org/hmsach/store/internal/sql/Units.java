package org.hmsach.store.internal.sql;

import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.eclipse.persistence.jpa.PersistenceProvider;
import org.hmsach.api.sql.SqlUnits;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Opens persistence units: migrations first, then EclipseLink by its own provider class, nothing looked up. */
@Component
public final class Units implements SqlUnits {
    private final DataSource source;
    private final AtomicLong opened = new AtomicLong();

    @Activate
    public Units(@Reference(target = "(" + Database.NAME_PROPERTY + "=" + Database.NAME + ")") DataSource source) {
        this.source = source;
    }

    @Override
    public EntityManagerFactory open(Bundle bundle, String name, List<Class<?>> entities) {
        if (!name.matches("[a-z]{1,16}")) {
            throw new IllegalArgumentException("unit name '" + name + "' does not match [a-z]{1,16}");
        }
        Migrations.run(source, name, bundle);
        ClassLoader loader = entities.get(0).getClassLoader();
        UnitInfo unit = new UnitInfo(name, loader, bundle.getEntry("/"), source, entities);
        EntityManagerFactory factory =
                new PersistenceProvider().createContainerEntityManagerFactory(unit, properties(name, loader));
        if (factory == null) {
            throw new IllegalStateException("EclipseLink does not take the unit " + name);
        }
        return factory;
    }

    private Map<String, Object> properties(String name, ClassLoader loader) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("eclipselink.weaving", "static");
        properties.put("eclipselink.classloader", loader);
        // two versions of a bundle may stand side by side: neither must get the other's session or its cached rows
        properties.put(
                "eclipselink.session-name",
                name + "-" + System.identityHashCode(loader) + "-" + opened.incrementAndGet());
        properties.put("eclipselink.cache.shared.default", "false");
        properties.put("eclipselink.jdbc.batch-writing", "JDBC");
        properties.put("eclipselink.jdbc.batch-writing.size", "500");
        properties.put("eclipselink.deploy-on-startup", "true");
        properties.put("eclipselink.logging.level", "WARNING");
        return properties;
    }
}
