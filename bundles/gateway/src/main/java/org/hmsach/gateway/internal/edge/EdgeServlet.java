package org.hmsach.gateway.internal.edge;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
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
    private static final String GENERATION = "hms.generation";

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
        if (request.getDispatcherType() == DispatcherType.ASYNC
                && request.getAttribute(GENERATION) instanceof Generation same) {
            // an answer that was suspended goes on where it began, whatever was switched since
            invoke(same, request, response);
            return;
        }
        long receipt = System.nanoTime();
        String requestId = RequestId.of(request.getHeader(RequestId.HEADER));
        response.setHeader(RequestId.HEADER, requestId);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        boolean counted = visits.enter();
        boolean later = false;
        try {
            later = answer(request, response, requestId, counted);
        } finally {
            if (counted && !later) {
                visits.leave();
            }
            Object kind = request.getAttribute(CallerFilter.KIND);
            answered.answered(
                    kind == null ? "unrouted" : kind.toString(), response.getStatus(), System.nanoTime() - receipt);
        }
    }

    /** @return whether the answer comes later, and the request leaves then */
    private boolean answer(HttpServletRequest request, HttpServletResponse response, String requestId, boolean counted)
            throws IOException {
        Optional<Problem> refused = admission.refuse(request);
        if (refused.isPresent()) {
            refuse(request, response, refused.get(), requestId);
            return false;
        }
        String path = path(request);
        EdgeRequest inner = new EdgeRequest(request, path, requestId, admission.limitBytes(request));
        Router.Route route;
        try {
            route = router.route(path);
        } catch (RuntimeException e) {
            refuse(request, response, Problems.of(e, requestId), requestId);
            return false;
        }
        request.setAttribute("hms.base", route.base());
        request.setAttribute(GENERATION, route.generation());
        boolean async = false;
        try {
            invoke(route.generation(), inner, response);
            async = request.isAsyncStarted() && leaveLater(request, route.generation(), counted);
        } finally {
            if (!async) {
                route.generation().leave();
            }
        }
        return async;
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

    private boolean leaveLater(HttpServletRequest request, Generation generation, boolean counted) {
        try {
            request.getAsyncContext().addListener(new Leave(generation, counted ? visits::leave : () -> {}));
            return true;
        } catch (IllegalStateException completedAlready) {
            LOG.trace("the asynchronous answer was complete before it could be watched", completedAlready);
            return false;
        }
    }

    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = request.getServletPath() + (info == null ? "" : info);
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private record Leave(Generation generation, Runnable visit) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            generation.leave();
            visit.run();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            LOG.debug("an asynchronous answer timed out");
        }

        @Override
        public void onError(AsyncEvent event) {
            LOG.debug("an asynchronous answer failed", event.getThrowable());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
