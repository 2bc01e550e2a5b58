package org.hmsach.store.internal.sql;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.osgi.framework.Bundle;

/** Runs a bundle's migrations; scripts are found through the bundle, since Flyway cannot scan bundle addresses. */
final class Migrations {
    private static final String FOLDER = "db/migration";

    private Migrations() {}

    /** One at a time: units of one schema that migrate together would each judge it before the other has begun. */
    static synchronized void run(DataSource source, String unit, Bundle bundle) {
        ClassLoader ours = Flyway.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Flyway finds its own parts by the context class loader
        thread.setContextClassLoader(ours);
        try {
            Flyway.configure(ours)
                    .dataSource(source)
                    .table("flyway_" + unit)
                    .locations(new Location[0])
                    .resourceProvider(new BundleScripts(bundle))
                    .javaMigrationClassProvider(List::of)
                    // each unit has its own history table in the one schema, so it never finds the schema empty
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new IllegalStateException("migration of unit " + unit + " failed: " + e.getMessage(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static final class BundleScripts implements ResourceProvider {
        private final Map<String, LoadableResource> scripts = new TreeMap<>();

        BundleScripts(Bundle bundle) {
            Enumeration<URL> entries = bundle.findEntries(FOLDER, "*.sql", false);
            while (entries != null && entries.hasMoreElements()) {
                Script script = new Script(entries.nextElement());
                scripts.put(script.getRelativePath(), script);
            }
        }

        @Override
        public LoadableResource getResource(String name) {
            return scripts.get(name);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return scripts.values().stream()
                    .filter(s -> s.getFilename().startsWith(prefix))
                    .filter(s -> Arrays.stream(suffixes).anyMatch(s.getFilename()::endsWith))
                    .toList();
        }
    }

    private static final class Script extends LoadableResource {
        private final URL url;

        Script(URL url) {
            this.url = url;
        }

        @Override
        public Reader read() {
            try {
                return new InputStreamReader(url.openStream(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + url, e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return url.toString();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return url.toString();
        }

        @Override
        public String getFilename() {
            return url.getPath().substring(url.getPath().lastIndexOf('/') + 1);
        }

        @Override
        public String getRelativePath() {
            return getFilename();
        }
    }
}
