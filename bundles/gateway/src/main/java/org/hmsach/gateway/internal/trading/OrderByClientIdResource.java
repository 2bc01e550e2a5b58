package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.hmsach.api.order.OrderRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The dialect's colon path has its own base, since a base ends where a segment ends. */
@Component(
        service = OrderByClientIdResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gateway.order-by-client-id",
            "hms.base=/v2/orders:by_client_order_id"
        })
@Path("")
public final class OrderByClientIdResource {
    private final Desk desk;

    @Activate
    public OrderByClientIdResource(@Reference Desk desk) {
        this.desk = desk;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Doc(value = "One order by the client's id.", kind = "order.get-by-client-id")
    public Map<String, Object> one(@QueryParam("client_order_id") String id, @Context SecurityContext security) {
        if (id == null || !id.matches(OrderRequest.CLIENT_ORDER_ID_PATTERN)) {
            throw Params.wrong("client_order_id", id == null ? "" : id, "1 to 128 printable ASCII characters");
        }
        return OrderJson.of(desk.orderByClientId(Desk.accountId(security), id));
    }
}
