package org.hmsach.store.internal.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The organisation's one SQL data source: a pool over the driver service that {@code dsf.target} selects. What is in
 * this bundle asks for it by this class: of two versions side by side each has its own pool.
 */
@Component(
        service = {DataSource.class, Database.class},
        configurationPid = "org.hmsach.store",
        property = Database.NAME_PROPERTY + "=" + Database.NAME)
@Designate(ocd = Database.Config.class)
public final class Database extends HikariDataSource {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    static final String NAME_PROPERTY = "hms.datasource";
    static final String NAME = "main";
    /** Whoever asks while the database is away holds a thread of the HTTP server for so long. */
    private static final long CONNECTION_MS = 5_000;

    private static final String DATA_FOLDER = "${hms.data}";

    @ObjectClassDefinition(name = "SQL data source")
    public @interface Config {
        @AttributeDefinition(description = "JDBC address; ${hms.data} stands for the data folder")
        String url() default "jdbc:h2:file:${hms.data}/store/hms";

        @AttributeDefinition(description = "database user")
        String user() default "sa";

        @AttributeDefinition(description = "database password (property .password)")
        String _password() default "";

        @AttributeDefinition(description = "most connections at a time, 2 to 200")
        int pool_size() default 16;

        @AttributeDefinition(description = "which JDBC driver service to use")
        String dsf_target() default "(osgi.jdbc.driver.class=org.h2.Driver)";
    }

    @Activate
    public Database(
            Config config,
            BundleContext context,
            @Reference(name = "dsf", target = "(osgi.jdbc.driver.class=org.h2.Driver)") DataSourceFactory drivers)
            throws SQLException {
        this(
                drivers,
                withDataFolder(config.url(), context.getProperty("hms.data")),
                config.user(),
                config._password(),
                config.pool_size());
    }

    public Database(DataSourceFactory drivers, String url, String user, String password, int poolSize)
            throws SQLException {
        super(pool(drivers, url, user, password, poolSize));
    }

    /** Closes all connections; H2 then closes its file. */
    @Deactivate
    public void stop() {
        close();
    }

    private static HikariConfig pool(DataSourceFactory drivers, String url, String user, String password, int size)
            throws SQLException {
        if (size < 2 || size > 200) {
            throw new IllegalArgumentException("pool_size " + size + " is outside 2 to 200");
        }
        Properties properties = new Properties();
        boolean h2 = url.startsWith("jdbc:h2:");
        if (h2) {
            beginH2(drivers);
        }
        properties.setProperty(DataSourceFactory.JDBC_URL, h2 ? durable(url) : url);
        properties.setProperty(DataSourceFactory.JDBC_USER, user);
        properties.setProperty(DataSourceFactory.JDBC_PASSWORD, password);
        HikariConfig config = new HikariConfig();
        config.setPoolName("hms-store");
        config.setDataSource(drivers.createDataSource(properties));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(CONNECTION_MS);
        // a database that comes up later than we do must not make the service fail for good
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /**
     * When its classes are initialised H2 makes what it keeps: exceptions, and with them the classes on the stack,
     * and a thread with the context class loader of that moment. Both would keep the first version of this bundle in
     * memory. So it happens on a thread where only the JDK is: a reference to a method leaves no trace there.
     */
    @SuppressWarnings("deprecation") // the constructor's newInstance takes an array, so a lambda of ours would call it
    private static void beginH2(DataSourceFactory drivers) throws SQLException {
        try {
            aside(drivers.getClass().getClassLoader().loadClass("org.h2.jdbcx.JdbcDataSource")::newInstance);
        } catch (ClassNotFoundException e) {
            LOG.debug("the factory of H2's data sources is not H2's own", e);
        }
        Properties inMemory = new Properties();
        inMemory.setProperty(DataSourceFactory.JDBC_URL, "jdbc:h2:mem:");
        aside(drivers.createDataSource(inMemory)::getConnection).close();
    }

    private static <T> T aside(Callable<T> work) throws SQLException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "hms-store-h2");
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new SQLException("H2 does not begin: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("H2 was not waited for", e);
        }
    }

    /**
     * H2's own shutdown hook would close the file under those who still write while the framework stops; and by itself
     * it hands commits of up to half a second to the file later, so that a killed process would lose them.
     */
    private static String durable(String url) {
        String hook = url.contains("DB_CLOSE_ON_EXIT") ? "" : ";DB_CLOSE_ON_EXIT=FALSE";
        String delay = url.contains("WRITE_DELAY") ? "" : ";WRITE_DELAY=0";
        return url + hook + delay;
    }

    private static String withDataFolder(String url, String dataFolder) {
        if (!url.contains(DATA_FOLDER)) {
            return url;
        }
        if (dataFolder == null || dataFolder.isEmpty()) {
            throw new IllegalArgumentException("url names " + DATA_FOLDER + ", but the property hms.data is not set");
        }
        return url.replace(DATA_FOLDER, dataFolder);
    }
}
