package org.hmsach.bench.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The yardstick's resource: reads the JSON and answers the same object as an order's answer has. */
@Path("/v2/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class Echo {
    private final Map<String, Object> answer;

    Echo(Map<String, Object> answer) {
        this.answer = answer;
    }

    /** The same answer each time. */
    @POST
    public Map<String, Object> post(Map<String, Object> order) {
        if (!order.containsKey("symbol")) {
            throw new IllegalArgumentException("no symbol");
        }
        return answer;
    }
}
