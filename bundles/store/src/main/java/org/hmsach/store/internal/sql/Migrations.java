package org.hmsach.store.internal.sql;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.output.ValidateOutput;
import org.flywaydb.core.api.resource.LoadableResource;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bundle's migrations; scripts are found through the bundle, since Flyway cannot scan bundle addresses. */
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private static final String FOLDER = "db/migration";

    private final DataSource source;
    private final String unit;
    private final ResourceProvider scripts;

    Migrations(DataSource source, String unit, Bundle bundle) {
        if (!unit.matches("[a-z]{1,16}")) {
            throw new IllegalArgumentException("unit name '" + unit + "' does not match [a-z]{1,16}");
        }
        this.source = source;
        this.unit = unit;
        this.scripts = new BundleScripts(bundle);
    }

    /** Those that did not run or failed, in their order, when the others are what ran. */
    List<String> pending() {
        return using(flyway -> {
            MigrationInfo[] all = flyway.info().all();
            Set<String> failed = Arrays.stream(all)
                    .filter(one -> one.getState().isFailed())
                    .map(one -> one.getVersion().getVersion())
                    .collect(Collectors.toSet());
            String strange = flyway.validateWithResult().invalidMigrations.stream()
                    .filter(one -> !failed.contains(one.version))
                    .map(Migrations::text)
                    .collect(Collectors.joining("; "));
            if (!strange.isEmpty()) {
                throw new IllegalStateException("the scripts of unit " + unit + " do not fit what ran: " + strange);
            }
            return Arrays.stream(all)
                    .filter(one -> one.getState() == MigrationState.PENDING || one.getState() == MigrationState.FAILED)
                    .map(MigrationInfo::getScript)
                    .toList();
        });
    }

    private static String text(ValidateOutput one) {
        String why = one.errorDetails == null ? "" : one.errorDetails.errorMessage;
        return "V" + one.version + " " + one.description + ": "
                + why.lines().findFirst().orElse("");
    }

    /** Runs them; not one that failed before and is the same still: half of it may have been done. */
    List<String> run() {
        return run(one -> !one.isChecksumMatching() || one.getState() == MigrationState.FUTURE_FAILED);
    }

    /** Runs them because a person wants it, also one that failed before. */
    List<String> runAgain() {
        return run(one -> true);
    }

    private List<String> run(Predicate<MigrationInfo> forgotten) {
        return using(flyway -> {
            for (MigrationInfo one : flyway.info().all()) {
                if (one.getState().isFailed() && forgotten.test(one)) {
                    forget(one);
                }
            }
            return flyway.migrate().migrations.stream()
                    .map(one -> Path.of(one.filepath).getFileName().toString())
                    .toList();
        });
    }

    private <T> T using(Function<Flyway, T> work) {
        ClassLoader ours = Flyway.class.getClassLoader();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // Flyway finds its own parts by the context class loader
        thread.setContextClassLoader(ours);
        // one at a time: units of one schema that migrate together would each judge it before the other has begun
        synchronized (Migrations.class) {
            try {
                return work.apply(Flyway.configure(ours)
                        .dataSource(source)
                        .table(table())
                        .locations(new Location[0])
                        .resourceProvider(scripts)
                        .javaMigrationClassProvider(List::of)
                        .validateMigrationNaming(true)
                        .ignoreMigrationPatterns("*:pending", "*:future")
                        // each unit has its own history table in the one schema, so it never finds the schema empty
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .load());
            } catch (FlywayException e) {
                throw new IllegalStateException(
                        "migration of unit " + unit + " failed: " + e.getMessage()
                                + "; a script that failed runs again when it is mended or in a swap",
                        e);
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    private String table() {
        return "flyway_" + unit;
    }

    /**
     * H2 commits each change of a table by itself, so Flyway notes there that a script failed, and then runs nothing
     * more before somebody repairs by hand: not even the mended script.
     */
    private void forget(MigrationInfo failed) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "delete from \"" + table() + "\" where \"success\" = false and \"installed_rank\" = ?")) {
            statement.setInt(1, failed.getInstalledRank());
            statement.executeUpdate();
        } catch (SQLException e) {
            LOG.warn("the failed script {} of unit {} stays in its history", failed.getScript(), unit, e);
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
