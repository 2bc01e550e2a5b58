package com.acme.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.order.Order;
import org.hmsach.spi.mkt.Venue;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The venue that instruments name: carries orders to the broker's floor and tells what it answers. */
@Component(configurationPid = "com.acme.broker", property = "name=" + AcmeBroker.NAME)
@Designate(ocd = AcmeBroker.Config.class)
public final class AcmeBroker implements Venue {
    static final String NAME = "acme.broker";

    /** Configuration {@code com.acme.broker}. */
    @ObjectClassDefinition(name = "Acme broker")
    public @interface Config {
        @AttributeDefinition(description = "what the broker trades at, SYMBOL:PRICE; other symbols it rejects")
        String[] prices() default {"AAPL:270.00", "BAC:52.00", "IBM:305.00", "MSFT:475.00", "SPY:660.00"};
    }

    private final Floor floor;

    @Activate
    public AcmeBroker(Config config) {
        this(prices(config.prices()));
    }

    AcmeBroker(Map<String, Long> pricesE8) {
        this.floor = new Floor(pricesE8);
    }

    private static Map<String, Long> prices(String[] lines) {
        Map<String, Long> pricesE8 = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("prices has '" + line + "', must have the form SYMBOL:PRICE");
            }
            pricesE8.put(line.substring(0, colon), Scale8.parse(line.substring(colon + 1)));
        }
        return pricesE8;
    }

    Floor floor() {
        return floor;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Kind kind() {
        return Kind.EXTERNAL;
    }

    /** The floor goes on while nobody listens: whoever listens again is told everything, and takes each fill once. */
    @Override
    public Session open(long incarnation, List<Order> openOrders, Reports reports) {
        return floor.listen(incarnation, openOrders, reports);
    }
}
