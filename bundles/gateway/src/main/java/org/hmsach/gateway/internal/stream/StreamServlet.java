package org.hmsach.gateway.internal.stream;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import org.hmsach.api.http.Problem;
import org.hmsach.gateway.internal.json.StrictJson;
import org.hmsach.gateway.internal.problem.ProblemJson;
import org.hmsach.gateway.internal.problem.RequestId;

/** Registers the WebSocket endpoint when the HTTP service takes it in, and tells others to upgrade. */
final class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int UPGRADE_REQUIRED = 426;

    private final transient Hub hub;

    StreamServlet(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void init() throws ServletException {
        Object container = getServletContext().getAttribute(ServerContainer.class.getName());
        if (!(container instanceof ServerContainer server)) {
            throw new ServletException("the HTTP service has no WebSocket container; "
                    + "org.apache.felix.jakarta.websocket.enable=true switches it on");
        }
        try {
            // a second registration of the path, by another version of this bundle, takes the place of the first
            server.addEndpoint(ServerEndpointConfig.Builder.create(StreamEndpoint.class, "/stream")
                    .configurator(new Handshake(hub))
                    .build());
        } catch (DeploymentException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = RequestId.of(request.getHeader(RequestId.HEADER));
        response.setHeader(RequestId.HEADER, requestId);
        response.setHeader("Upgrade", "websocket");
        Problem problem = Problem.of(UPGRADE_REQUIRED, "UPGRADE_REQUIRED", "/stream is a WebSocket");
        new ProblemJson(new StrictJson()).send(response, problem, requestId);
    }
}
