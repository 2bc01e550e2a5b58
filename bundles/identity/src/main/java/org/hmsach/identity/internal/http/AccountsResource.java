package org.hmsach.identity.internal.http;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.account.Account;
import org.hmsach.api.account.Position;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Role;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.money.Scale8;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.people.People;
import org.hmsach.identity.internal.people.Person;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Accounts and who may act on them; all of it is the core's truth, changed by commands through its door. */
@Component(
        service = AccountsResource.class,
        property = {
            "osgi.jakartars.resource=true",
            "osgi.jakartars.name=identity.accounts",
            "hms.base=/admin/v1/accounts"
        })
@Path("")
@Consumes("application/json")
@Produces("application/json")
public final class AccountsResource {
    private final People people;
    private final CoreSeam core;

    @Activate
    public AccountsResource(@Reference People people, @Reference CoreSeam core) {
        this.people = people;
        this.core = core;
    }

    @GET
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME, Role.COMPLIANCE_NAME})
    @Doc("Lists all accounts, with their value at the last journalled marks where every position has one.")
    public List<Map<String, Object>> all() {
        Portfolio portfolio = core.portfolio();
        return portfolio.accounts().stream().map(a -> shown(a, portfolio)).toList();
    }

    @POST
    @Consumes("application/json")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME})
    @Doc(value = "Opens an account.", kind = "account.open")
    public Response open(
            Map<String, Object> json,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId,
            @HeaderParam("Idempotency-Key") String idempotencyKey) {
        Body body = new Body(json);
        Currency currency = currency(body);
        body.done();
        Origin origin = Answers.origin(Answers.caller(security), requestId, idempotencyKey);
        Outcome outcome = Answers.taken(core.submit(new Commands.OpenAccount(currency), origin));
        UUID id = outcome.subject().orElseThrow(() -> new IllegalStateException("an opened account has no id"));
        return Response.status(201)
                .entity(Map.of("id", id.toString(), "currency", currency.code()))
                .build();
    }

    @GET
    @Path("{account}/grants")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME, Role.COMPLIANCE_NAME})
    @Doc("Lists who may act on the account.")
    public List<Map<String, Object>> grants(@PathParam("account") String account) {
        UUID id = account(account);
        return core.portfolio().accessTo(id).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(this::shown)
                .toList();
    }

    @PUT
    @Path("{account}/grants/{principal}")
    @Consumes("application/json")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME})
    @Doc("Lets a person act on the account.")
    public Response grant(
            @PathParam("account") String account,
            @PathParam("principal") String principal,
            Map<String, Object> json,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId) {
        Body body = new Body(json);
        Role role = body.choice("role", Role.class);
        body.done();
        if (role == Role.ADMIN) {
            throw new ProblemException(Problem.field(
                    "role", "admin", "investor, trader, compliance or operator", "admin is no role on an account"));
        }
        UUID id = account(account);
        UUID person = Answers.uuid("person", principal);
        if (people.byId(person).isEmpty()) {
            throw Answers.notFound("person " + principal + " does not exist");
        }
        Origin origin = Answers.origin(Answers.caller(security), requestId, null);
        Answers.takenOnce(core.submit(new Commands.GrantAccess(person, id, role), origin));
        return Response.noContent().build();
    }

    @DELETE
    @Path("{account}/grants/{principal}")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME})
    @Doc("Takes a person's access to the account back.")
    public Response revoke(
            @PathParam("account") String account,
            @PathParam("principal") String principal,
            @Context SecurityContext security,
            @HeaderParam("X-Request-ID") String requestId) {
        UUID id = account(account);
        UUID person = Answers.uuid("person", principal);
        Origin origin = Answers.origin(Answers.caller(security), requestId, null);
        Answers.takenOnce(core.submit(new Commands.RevokeAccess(person, id), origin));
        return Response.noContent().build();
    }

    private UUID account(String text) {
        UUID id = Answers.uuid("account", text);
        if (core.portfolio().account(id).isEmpty()) {
            throw Answers.notFound("account " + text + " does not exist");
        }
        return id;
    }

    private Map<String, Object> shown(Map.Entry<UUID, Role> grant) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("principal", grant.getKey().toString());
        shown.put("login", people.byId(grant.getKey()).map(Person::login).orElse(null));
        shown.put("role", grant.getValue().lowerName());
        return shown;
    }

    private static Map<String, Object> shown(Account account, Portfolio portfolio) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", account.id().toString());
        shown.put("currency", account.currency().code());
        shown.put("cash", decimal(account, account.cashMinor()));
        shown.put("buyingPower", decimal(account, account.buyingPowerMinor()));
        equityMinor(account, portfolio).ifPresent(minor -> shown.put("equity", decimal(account, minor)));
        shown.put("openOrders", account.openOrders());
        shown.put("blocked", account.blocked());
        shown.put("createdAt", Instant.ofEpochMilli(account.createdMs()).toString());
        return shown;
    }

    private static Optional<Long> equityMinor(Account account, Portfolio portfolio) {
        long minor = account.cashMinor();
        for (Position position : account.positions()) {
            Optional<ReferencePrice> mark = portfolio.mark(position.symbol());
            if (mark.isEmpty()) {
                return Optional.empty();
            }
            long value = Scale8.cashMinor(
                    mark.get().priceE8(), position.qtyE8(), account.currency().digits(), RoundingMode.HALF_EVEN);
            minor = Math.addExact(minor, value);
        }
        return Optional.of(minor);
    }

    private static String decimal(Account account, long minor) {
        return new Money(account.currency(), minor).decimal();
    }

    private static Currency currency(Body body) {
        String code = body.text("currency", "[A-Z]{3}");
        try {
            return new Currency(code, java.util.Currency.getInstance(code).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.field("currency", code, "an ISO 4217 code", "currency '" + code + "' is not known"));
        }
    }
}
