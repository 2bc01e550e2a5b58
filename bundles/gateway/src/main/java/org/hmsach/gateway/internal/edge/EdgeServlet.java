package org.hmsach.gateway.internal.edge;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.hmsach.api.http.Problem;
import org.hmsach.gateway.internal.board.Generation;
import org.hmsach.gateway.internal.guard.CallerFilter;
import org.hmsach.gateway.internal.place.Visits;
import org.hmsach.gateway.internal.problem.ProblemJson;
import org.hmsach.gateway.internal.problem.Problems;
import org.hmsach.gateway.internal.problem.RequestId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes every request in, sends it to the generation that answers its path, and measures receipt to answer. */
final class EdgeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EdgeServlet.class);

    private final transient Admission admission;
    private final transient Router router;
    private final transient ProblemJson problems;
    private final transient Visits visits;
    private final transient Answered answered;

    /** Told of each answer. */
    interface Answered {
        /** One answer of a kind of request, with its status and the time it took. */
        void answered(String kind, int status, long nanos);
    }

    EdgeServlet(Admission admission, Router router, ProblemJson problems, Visits visits, Answered answered) {
        this.admission = admission;
        this.router = router;
        this.problems = problems;
        this.visits = visits;
        this.answered = answered;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() != DispatcherType.ERROR) {
            serve(request, response);
            return;
        }
        Optional<HttpServletRequest> missed = MissedRequest.of(request);
        if (missed.isPresent()) {
            response.setStatus(HttpServletResponse.SC_OK);
            serve(missed.get(), response);
        } else {
            String requestId = RequestId.of(request.getHeader(RequestId.HEADER));
            response.setHeader(RequestId.HEADER, requestId);
            refuse(request, response, Problem.of(500, "BUG", "the request failed"), requestId);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long receipt = System.nanoTime();
        MissedRequest.taken(request);
        String requestId = RequestId.of(request.getHeader(RequestId.HEADER));
        response.setHeader(RequestId.HEADER, requestId);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        Runnable leave = visits.enter();
        try {
            answer(request, response, requestId);
        } finally {
            leave.run();
            Object kind = request.getAttribute(CallerFilter.KIND);
            answered.answered(
                    kind == null ? "unrouted" : kind.toString(), response.getStatus(), System.nanoTime() - receipt);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String requestId) throws IOException {
        Optional<Problem> refused = admission.refuse(request);
        if (refused.isPresent()) {
            refuse(request, response, refused.get(), requestId);
            return;
        }
        String path = path(request);
        EdgeRequest inner = new EdgeRequest(request, path, requestId, admission.limitBytes(request));
        Router.Route route;
        try {
            route = router.route(path);
        } catch (RuntimeException e) {
            refuse(request, response, Problems.of(e, requestId), requestId);
            return;
        }
        request.setAttribute("hms.base", route.base());
        try {
            invoke(route.generation(), inner, response);
        } finally {
            route.generation().leave();
        }
    }

    private void invoke(Generation generation, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String requestId = request.getHeader(RequestId.HEADER);
        try {
            generation.invoke(request, response);
            if (response.getStatus() >= 400 && !response.isCommitted() && response.getContentType() == null) {
                Problem bare = Problem.of(response.getStatus(), "INVALID", "the request failed");
                problems.send(response, bare, requestId);
            }
        } catch (Exception e) {
            // the last edge: whatever CXF lets through becomes an answer, once
            LOG.debug("request {} ended with an exception", requestId, e);
            refuse(request, response, Problems.of(e, requestId), requestId);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem, String requestId)
            throws IOException {
        if (ProblemJson.leavesBody(request) && !response.isCommitted()) {
            response.setHeader("Connection", "close");
        }
        problems.send(response, problem, requestId);
    }

    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = request.getServletPath() + (info == null ? "" : info);
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
