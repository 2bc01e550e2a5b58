package org.hmsach.gateway.internal.edge;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * A request that nobody has seen yet, as it came. The HTTP service looks up the servlet of a request and then calls it;
 * one that is taken back in between, because another version stands above it now, is an error to it.
 */
final class MissedRequest extends HttpServletRequestWrapper {
    private static final String METHOD = "jakarta.servlet.error.method";
    private static final String QUERY = "jakarta.servlet.error.query_string";
    private static final String TAKEN = "hms.taken";

    private final String uri;
    private final String path;

    private MissedRequest(HttpServletRequest request, String uri, String path) {
        super(request);
        this.uri = uri;
        this.path = path;
    }

    /** Notes that a servlet of ours has the request: what fails now is not missed. */
    static void taken(HttpServletRequest request) {
        request.setAttribute(TAKEN, true);
    }

    /** Empty when somebody had it, or it is none of ours. @param request as the HTTP service dispatches an error */
    static Optional<HttpServletRequest> of(HttpServletRequest request) {
        if (request.getAttribute(TAKEN) != null
                || !(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof ServletException)
                || !(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri)) {
            return Optional.empty();
        }
        try {
            String path = new URI(uri).getPath();
            return Edge.isOurs(path) ? Optional.of(new MissedRequest(request, uri, path)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String getMethod() {
        return getAttribute(METHOD) instanceof String method ? method : super.getMethod();
    }

    @Override
    public String getRequestURI() {
        return uri;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(getScheme())
                .append("://")
                .append(getServerName())
                .append(':')
                .append(getServerPort())
                .append(uri);
    }

    @Override
    public String getQueryString() {
        return getAttribute(QUERY) instanceof String query ? query : super.getQueryString();
    }

    @Override
    public String getServletPath() {
        return "";
    }

    @Override
    public String getPathInfo() {
        return path;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }
}
