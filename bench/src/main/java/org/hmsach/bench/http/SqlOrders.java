package org.hmsach.bench.http;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * What a plain system does with an order: one transaction that locks the account, checks and reserves cash, adds the
 * order under its unique client id, and commits.
 */
@Path("/v2/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SqlOrders {
    /** As many as the platform's own pool has. */
    private static final int POOL = 16;
    /** Orders are of many accounts: one row would measure nothing but its lock. */
    private static final int ACCOUNTS = 1_000;

    private final Map<String, Object> answer;
    private final HikariDataSource pool;

    SqlOrders(Map<String, Object> answer, String url) throws SQLException {
        this.answer = answer;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(POOL);
        config.setAutoCommit(false);
        this.pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table account (id int primary key, cash numeric not null, reserved numeric not null)");
            statement.execute("create table orders (client_order_id varchar(128) primary key, account int not null,"
                    + " symbol varchar(16) not null, side varchar(8) not null, type varchar(8) not null,"
                    + " tif varchar(8) not null, qty numeric not null, limit_price numeric,"
                    + " created timestamptz not null default now())");
            statement.execute(
                    "insert into account select i, 1e12, 0 from generate_series(0, " + (ACCOUNTS - 1) + ") i");
            connection.commit();
        }
    }

    /** One order, one transaction. */
    @POST
    public Map<String, Object> post(Map<String, Object> order) throws SQLException {
        String id = (String) order.get("client_order_id");
        int account = Math.floorMod(id.hashCode(), ACCOUNTS);
        BigDecimal qty = new BigDecimal((String) order.get("qty"));
        BigDecimal limit = new BigDecimal((String) order.get("limit_price"));
        try (Connection connection = pool.getConnection()) {
            reserve(connection, account, qty.multiply(limit));
            try (PreparedStatement insert = connection.prepareStatement("insert into orders (client_order_id, account,"
                    + " symbol, side, type, tif, qty, limit_price) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
                insert.setString(1, id);
                insert.setInt(2, account);
                insert.setString(3, (String) order.get("symbol"));
                insert.setString(4, (String) order.get("side"));
                insert.setString(5, (String) order.get("type"));
                insert.setString(6, (String) order.get("time_in_force"));
                insert.setBigDecimal(7, qty);
                insert.setBigDecimal(8, limit);
                insert.executeUpdate();
            }
            connection.commit();
        }
        return answer;
    }

    private static void reserve(Connection connection, int account, BigDecimal amount) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update account set reserved = reserved + ? where id = ? and cash - reserved >= ?")) {
            update.setBigDecimal(1, amount);
            update.setInt(2, account);
            update.setBigDecimal(3, amount);
            if (update.executeUpdate() != 1) {
                throw new SQLException("account " + account + " has too little cash");
            }
        }
    }
}
