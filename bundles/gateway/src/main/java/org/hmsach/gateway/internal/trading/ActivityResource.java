package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hmsach.api.history.History;
import org.hmsach.api.history.History.Activity;
import org.hmsach.api.history.History.ActivityType;
import org.hmsach.api.http.Doc;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What happened in an account: fills, fees, transfers. */
@Component(
        service = ActivityResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=gateway.activities",
            "hms.base=/v2/account/activities"
        })
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class ActivityResource {
    private static final int MAX_PAGE = 100;
    private static final long DAY_MS = 86_400_000;
    /** Every type of the dialect is a fair question, though most of them never happen here. */
    private static final String TYPES = "[A-Z]{2,8}";

    private final Desk desk;

    @Activate
    public ActivityResource(@Reference Desk desk) {
        this.desk = desk;
    }

    @GET
    @Doc(
            value = "Activities: activity_types, category, date, after, until, direction, page_size, page_token.",
            kind = "activity.list")
    public Response all(@Context UriInfo uri, @Context SecurityContext security) {
        MultivaluedMap<String, String> params = uri.getQueryParameters();
        Set<String> names = Params.list("activity_types", params.getFirst("activity_types"), TYPES);
        String category = Params.choice(
                "category", params.getFirst("category"), "any", List.of("trade_activity", "non_trade_activity"));
        boolean all = names.isEmpty() && category.equals("any");
        Set<ActivityType> types = Arrays.stream(ActivityType.values())
                .filter(type -> names.isEmpty() || names.contains(type.name()))
                .filter(type ->
                        category.equals("any") || category.equals("trade_activity") == (type == ActivityType.FILL))
                .collect(Collectors.toSet());
        return all ? list(Set.of(), params, security) : ofSome(types, params, security);
    }

    @GET
    @Path("{type}")
    @Doc(value = "Activities of one type.", kind = "activity.list")
    public Response ofType(@PathParam("type") String type, @Context UriInfo uri, @Context SecurityContext security) {
        if (!type.matches(TYPES)) {
            throw Params.wrong("activity_type", type, "a type such as FILL");
        }
        Set<ActivityType> types = Arrays.stream(ActivityType.values())
                .filter(t -> t.name().equals(type))
                .collect(Collectors.toSet());
        return ofSome(types, uri.getQueryParameters(), security);
    }

    private Response ofSome(Set<ActivityType> types, MultivaluedMap<String, String> params, SecurityContext security) {
        return types.isEmpty() ? Response.ok(List.of()).build() : list(types, params, security);
    }

    private Response list(Set<ActivityType> types, MultivaluedMap<String, String> params, SecurityContext security) {
        UUID account = Desk.accountId(security);
        Times.Span span = Times.parse("date", params.getFirst("date"))
                .map(day -> new Times.Span(day - 1, day + DAY_MS))
                .orElseGet(() -> Times.span(params));
        History.ActivityQuery query = new History.ActivityQuery(
                account,
                types,
                span.afterMs(),
                span.untilMs(),
                token(params.getFirst("page_token")),
                Params.choice("direction", params.getFirst("direction"), "desc", List.of("asc", "desc"))
                        .equals("asc"),
                Params.integer("page_size", params.getFirst("page_size"), MAX_PAGE, MAX_PAGE));
        return desk.stored(stored -> stored.answer(stored.history().activities(query).stream()
                .map(ActivityResource::json)
                .toList()));
    }

    private static Optional<String> token(String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[0-9-]{1,64}")) {
            throw Params.wrong("page_token", text, "the id of an activity");
        }
        return Optional.of(text);
    }

    private static Map<String, Object> json(Activity activity) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", activity.id());
        json.put("activity_type", activity.type().name());
        json.put("date", activity.date().toString());
        json.put("net_amount", new Money(Currency.USD, activity.netMinor()).decimal());
        activity.order().ifPresent(order -> json.put("order_id", order));
        if (activity.type() == ActivityType.FILL) {
            json.put("transaction_time", Times.text(activity.timeMs()));
            json.put("type", activity.leavesE8() == 0 ? "fill" : "partial_fill");
            json.put("price", Scale8.text(activity.priceE8()));
            json.put("qty", Scale8.text(activity.qtyE8()));
            json.put("side", activity.side());
            json.put("symbol", activity.symbol());
            json.put("leaves_qty", Scale8.text(activity.leavesE8()));
            json.put("cum_qty", Scale8.text(activity.cumQtyE8()));
            json.put("order_status", activity.leavesE8() == 0 ? "filled" : "partially_filled");
        } else {
            json.put("created_at", Times.text(activity.timeMs()));
            json.put("currency", "USD");
            json.put("description", activity.detail());
            json.put("status", "executed");
        }
        return json;
    }
}
