package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hmsach.api.http.Doc;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The account of the dialect, at current prices. */
@Component(
        service = AccountResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=gateway.account", "hms.base=/v2/account"})
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountResource {
    private final Desk desk;
    private final Valuation valuation;

    @Activate
    public AccountResource(@Reference Desk desk) {
        this.desk = desk;
        valuation = new Valuation(desk.portfolio(), desk.prices());
    }

    @GET
    @Doc(value = "The account: cash, buying power, value.", kind = "account.get")
    public Map<String, Object> account(@Context SecurityContext security) {
        return valuation.account(desk.account(security));
    }

    @GET
    @Path("configurations")
    @Doc(value = "What the account may do; fixed for cash accounts.", kind = "account.configurations")
    public Map<String, Object> configurations(@Context SecurityContext security) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dtbp_check", "entry");
        json.put("fractional_trading", true);
        json.put("max_margin_multiplier", "1");
        json.put("no_shorting", true);
        json.put("suspend_trade", desk.account(security).blocked());
        json.put("trade_confirm_email", "none");
        return json;
    }
}
