package org.hmsach.bench.streams;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.hmsach.bench.run.DemoServer;
import org.hmsach.cli.http.HmsClient;

/** The platform: so many open orders of one account are cancelled at once, which is two events each for everybody. */
final class HmsSide extends Side {
    private static final int EVENTS_OF_CANCEL = 2;
    private static final BigDecimal BELOW_MARKET = new BigDecimal("0.97");

    private final int orders;
    private final DemoServer server;
    private final HmsClient client;
    private final Path frames;
    private final Path copy;
    private final Child load;

    /** @param frames where to leave what one client got */
    HmsSide(DemoServer server, int clients, int orders, Path frames, Path copy) throws IOException {
        super("hms", clients);
        this.server = server;
        this.orders = orders;
        this.frames = frames;
        this.copy = copy;
        client = server.client();
        load = new Child(
                Load.class,
                Integer.toString(server.url().getPort()),
                Integer.toString(clients),
                server.keyId(),
                server.secretKey());
        load.read();
    }

    static int messages(int orders) {
        return orders * EVENTS_OF_CANCEL;
    }

    @Override
    Child load() {
        return load;
    }

    /** Places the orders, far enough from the market to stay; everybody hears of them before the clock runs. */
    @Override
    public void prepare() throws IOException, InterruptedException {
        BigDecimal bid = new BigDecimal(client.get("/v2/stocks/IBM/quotes/latest")
                .path("quote")
                .path("bp")
                .asText());
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("symbol", "IBM");
        order.put("qty", "1");
        order.put("side", "buy");
        order.put("type", "limit");
        order.put(
                "limit_price",
                bid.multiply(BELOW_MARKET).setScale(2, RoundingMode.DOWN).toPlainString());
        order.put("time_in_force", "gtc");
        load.say((long) orders * clients() + " " + copy);
        load.read();
        for (int i = 0; i < orders; i++) {
            order.put("client_order_id", UUID.randomUUID().toString());
            client.post("/v2/orders", order);
        }
        load.read();
    }

    @Override
    void trigger(int messages) throws IOException, InterruptedException {
        client.delete("/v2/orders");
    }

    @Override
    public long run() throws IOException, InterruptedException {
        return round(messages(orders), frames);
    }

    @Override
    public long cpuNanos() {
        return server.cpuNanos();
    }

    @Override
    public void close() {
        load.close();
    }
}
