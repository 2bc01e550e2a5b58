package org.hmsach.identity.internal.http;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hmsach.api.http.Body;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.identity.internal.core.CoreSeam;
import org.hmsach.identity.internal.login.Logins;
import org.hmsach.identity.internal.people.Keys;
import org.hmsach.identity.internal.people.People;
import org.hmsach.identity.internal.people.Person;
import org.hmsach.identity.internal.secret.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** People and their roles. Admins manage everybody, operators those who are investors and nothing else. */
@Component(
        service = UsersResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=identity.users", "hms.base=/admin/v1/users"})
@Path("")
@Consumes("application/json")
@Produces("application/json")
public final class UsersResource {
    private static final String ROLE_PATTERN = "investor|trader|compliance|operator|admin";
    private static final Set<Role> INVESTOR_ONLY = Set.of(Role.INVESTOR);

    private final People people;
    private final Logins logins;
    private final Keys keys;
    private final CoreSeam core;

    @Activate
    public UsersResource(
            @Reference People people, @Reference Logins logins, @Reference Keys keys, @Reference CoreSeam core) {
        this.people = people;
        this.logins = logins;
        this.keys = keys;
        this.core = core;
    }

    @GET
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME, Role.COMPLIANCE_NAME})
    @Doc("Lists people with their roles.")
    public List<Map<String, Object>> all() {
        return people.all().stream().map(UsersResource::shown).toList();
    }

    @POST
    @Consumes("application/json")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME})
    @Doc("Adds a person; the generated password is shown this once.")
    public Response add(Map<String, Object> json, @Context SecurityContext security) {
        Body body = new Body(json);
        String login = body.text("login", Person.LOGIN_PATTERN);
        String name = body.optionalText("name", 128).orElse(login);
        Set<Role> roles = roles(body);
        body.done();
        mayManage(Answers.caller(security), roles);
        String password = new Secrets().password();
        Person person = new Person(UUID.randomUUID(), login, name, roles, false);
        if (!people.add(person, logins.passwords().hash(password.toCharArray()), System.currentTimeMillis())) {
            throw new ProblemException(
                    Problem.field("login", login, "a login that nobody has", "login '" + login + "' is taken"));
        }
        Map<String, Object> answer = shown(person);
        answer.put("password", password);
        return Response.status(201).entity(answer).build();
    }

    @POST
    @Path("{principal}/password")
    @Consumes("*/*")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME})
    @Doc("Gives a person a new generated password, shown this once; their sessions end.")
    public Map<String, Object> resetPassword(
            @PathParam("principal") String principal, @Context SecurityContext security) {
        Person person = managed(principal, security);
        String password = new Secrets().password();
        people.setPassword(person.id(), logins.passwords().hash(password.toCharArray()));
        return Map.of("password", password);
    }

    @PUT
    @Path("{principal}/roles")
    @Consumes("application/json")
    @Produces("application/json")
    @RolesAllowed(Role.ADMIN_NAME)
    @Doc("Sets a person's roles.")
    public Map<String, Object> setRoles(@PathParam("principal") String principal, Map<String, Object> json) {
        Body body = new Body(json);
        Set<Role> roles = roles(body);
        body.done();
        Person person = person(principal);
        if (!people.setRoles(person.id(), roles)) {
            throw lastAdmin("roles", String.join(",", Answers.names(roles)));
        }
        keys.reload();
        return shown(person(principal));
    }

    @PUT
    @Path("{principal}/disabled")
    @Consumes("application/json")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME})
    @Doc("Shuts a person out, keys and sessions included, or lets them in again.")
    public Map<String, Object> setDisabled(
            @PathParam("principal") String principal, Map<String, Object> json, @Context SecurityContext security) {
        Body body = new Body(json);
        boolean disabled = body.flag("disabled");
        body.done();
        Person person = managed(principal, security);
        if (!people.setDisabled(person.id(), disabled)) {
            throw lastAdmin("disabled", "true");
        }
        keys.reload();
        return shown(person(principal));
    }

    @POST
    @Path("{principal}/keys")
    @Consumes("application/json")
    @Produces("application/json")
    @RolesAllowed({Role.ADMIN_NAME, Role.OPERATOR_NAME})
    @Doc("Makes an API key for a person; the secret is shown this once.")
    public Response makeKey(
            @PathParam("principal") String principal, Map<String, Object> json, @Context SecurityContext security) {
        KeyForm form = KeyForm.read(new Body(json));
        return KeyForm.made(form.make(keys, core, managed(principal, security)));
    }

    private Person person(String principal) {
        return people.byId(Answers.uuid("person", principal))
                .orElseThrow(() -> Answers.notFound("person " + principal + " does not exist"));
    }

    private Person managed(String principal, SecurityContext security) {
        Person person = person(principal);
        mayManage(Answers.caller(security), person.roles());
        return person;
    }

    private static void mayManage(Caller caller, Set<Role> roles) {
        if (!caller.has(Role.ADMIN) && !INVESTOR_ONLY.equals(roles)) {
            throw Answers.forbidden("operators manage people with the role investor alone; this takes the role admin");
        }
    }

    private static Set<Role> roles(Body body) {
        return body.texts("roles", Role.values().length, ROLE_PATTERN).stream()
                .map(name -> Role.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Object> shown(Person person) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("principal", person.id().toString());
        shown.put("login", person.login());
        shown.put("name", person.name());
        shown.put("roles", Answers.names(person.roles()));
        shown.put("disabled", person.disabled());
        return shown;
    }

    private static ProblemException lastAdmin(String field, String value) {
        return new ProblemException(Problem.field(
                field, value, "at least one admin who can log in", "this is the last admin who can log in"));
    }
}
