package org.hmsach.mfe.books.internal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hmsach.api.command.Origin;
import org.hmsach.api.http.Doc;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.spi.mfe.FeeSchedule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The business day over HTTP. */
@Component(
        service = BooksResource.class,
        property = {"osgi.jakartars.resource=true", "osgi.jakartars.name=mfe.books", "hms.base=/mfe/v1/books"})
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public final class BooksResource {
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);

    private final Portfolio portfolio;
    private final CloseOfBusiness closeOfBusiness;
    private final FeeSchedule schedule;

    @Activate
    public BooksResource(
            @Reference Portfolio portfolio,
            @Reference CloseOfBusiness closeOfBusiness,
            @Reference FeeSchedule schedule) {
        this.portfolio = portfolio;
        this.closeOfBusiness = closeOfBusiness;
        this.schedule = schedule;
    }

    @GET
    @Path("/business-date")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("The business date, whether its session is open, and what is due for settlement")
    public Map<String, Object> businessDate() {
        Optional<LocalDate> date = portfolio.businessDate();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("date", date.map(LocalDate::toString).orElse(null));
        answer.put("sessionOpen", portfolio.sessionOpen());
        answer.put("dueObligations", date.map(portfolio::dueObligations).orElse(0));
        return answer;
    }

    @POST
    @Path("/close-of-business")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Doc(value = "Closes the session, journals closing marks, opens the next date and settles", kind = "close")
    public Map<String, Object> close(@Context SecurityContext security, @HeaderParam("X-Request-ID") String requestId)
            throws InterruptedException {
        Caller caller = (Caller) security.getUserPrincipal();
        Origin origin = new Origin(caller.id(), FeeBooking.MODULE, requestId, Optional.empty());
        CloseOfBusiness.Report report = closeOfBusiness
                .run(origin, CLOSE_WAIT)
                .orElseThrow(() -> UnavailableException.core(
                        "CLOSE_RUNNING", "the close of business goes on after " + CLOSE_WAIT.toSeconds() + " s", 10));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("closedDate", report.closedDate().toString());
        answer.put("openedDate", report.openedDate().toString());
        answer.put("settled", report.settled());
        answer.put("marks", report.marks());
        answer.put("steps", report.steps());
        return answer;
    }

    @GET
    @Path("/fees")
    @Produces(MediaType.APPLICATION_JSON)
    @Doc("The fee schedule that is in force")
    public Map<String, Object> fees() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", schedule.version());
        if (schedule instanceof BasisPointFees own) {
            answer.put("commissionBps", own.commissionBps());
            answer.put("salePerMillion", own.salePerMillion());
            answer.put("rounding", List.of("principal HALF_EVEN", "fee DOWN, per fill"));
        }
        return answer;
    }
}
