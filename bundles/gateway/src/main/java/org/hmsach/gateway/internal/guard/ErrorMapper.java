package org.hmsach.gateway.internal.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.hmsach.api.http.Problem;
import org.hmsach.gateway.internal.problem.ProblemJson;
import org.hmsach.gateway.internal.problem.Problems;
import org.hmsach.gateway.internal.problem.RequestId;

/** Answers everything that goes wrong behind JAX-RS with a problem. */
public final class ErrorMapper implements ExceptionMapper<Throwable> {
    private final ProblemJson json;

    @Context
    private HttpServletRequest servlet;

    public ErrorMapper(ProblemJson json) {
        this.json = json;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        String requestId = servlet.getHeader(RequestId.HEADER);
        Problem problem = Problems.of(thrown, requestId);
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(ProblemJson.TYPE).entity(json.bytes(problem, requestId));
        problem.retryAfterSeconds().ifPresent(seconds -> answer.header("Retry-After", seconds));
        if (ProblemJson.leavesBody(servlet)) {
            answer.header("Connection", "close");
        }
        if (thrown instanceof WebApplicationException web) {
            Object allow = web.getResponse().getHeaders().getFirst("Allow");
            if (allow != null) {
                answer.header("Allow", allow);
            }
        }
        return answer.build();
    }

    /** The same for JAX-RS's own exceptions, for which CXF would otherwise prefer a mapper of its own. */
    public static final class OfWebApplication implements ExceptionMapper<WebApplicationException> {
        private final ProblemJson json;

        @Context
        private HttpServletRequest servlet;

        public OfWebApplication(ProblemJson json) {
            this.json = json;
        }

        @Override
        public Response toResponse(WebApplicationException thrown) {
            ErrorMapper mapper = new ErrorMapper(json);
            mapper.servlet = servlet;
            return mapper.toResponse(thrown);
        }
    }
}
