package org.hmsach.gateway.internal.guard;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.cxf.jaxrs.impl.ResourceInfoImpl;
import org.apache.cxf.jaxrs.utils.JAXRSUtils;
import org.hmsach.api.http.Doc;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.identity.Role;
import org.hmsach.gateway.internal.problem.Problems;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets only known callers with the right role reach a resource, before its body is read. Without an annotation every
 * known caller is let in, without a caller nobody: open operations say {@code @PermitAll}.
 */
@Priority(Priorities.AUTHENTICATION)
public final class CallerFilter implements ContainerRequestFilter {
    /** Request attribute with the request's kind on the outcome clock. */
    public static final String KIND = "hms.kind";
    /**
     * Request attribute of a version's warm-up, and its value, which nobody outside this class loader has: the previews
     * of such a request are let in, for an account that does not exist.
     */
    public static final Map.Entry<String, Object> WARM_UP = Map.entry("hms.warm-up", new Object());

    private static final String PREVIEW = "order.preview";
    private static final UUID NONE = new UUID(0, 0);
    private static final Caller NOBODY =
            new Caller(NONE, "nobody", Set.of(Role.INVESTOR), Optional.of(NONE), Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(CallerFilter.class);
    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    private final Callers callers;
    private final Map<Method, String> kinds = new ConcurrentHashMap<>();

    @Context
    private HttpServletRequest servlet;

    public CallerFilter(Callers callers) {
        this.callers = callers;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        ResourceInfo resource = asked();
        Method method = resource.getResourceMethod();
        servlet.setAttribute(KIND, kinds.computeIfAbsent(method, m -> kind(resource, request.getMethod())));
        if (isPreviewOfWarmUp()) {
            request.setSecurityContext(new CallerContext(NOBODY, servlet.isSecure()));
            return;
        }
        boolean changes = !SAFE.contains(request.getMethod());
        Credentials credentials =
                CredentialReader.read(new Headers(request, servlet), changes, servlet.getRemoteAddr());
        if (annotation(resource, PermitAll.class).isPresent()) {
            greet(request, credentials);
            return;
        }
        if (annotation(resource, DenyAll.class).isPresent()) {
            throw new ProblemException(Problem.of(403, "NOT_AUTHORISED", "nobody may do this"));
        }
        if (CredentialReader.isEmpty(credentials)) {
            throw new ProblemException(Problems.unauthorised("request is not authorized."));
        }
        Caller caller = callers.onAccount(callers.require(credentials), account(request));
        annotation(resource, RolesAllowed.class).ifPresent(roles -> check(caller, roles));
        request.setSecurityContext(new CallerContext(caller, servlet.isSecure()));
    }

    private boolean isPreviewOfWarmUp() {
        return WARM_UP.getValue().equals(servlet.getAttribute(WARM_UP.getKey()))
                && PREVIEW.equals(servlet.getAttribute(KIND));
    }

    /** Open operations may still want to know who calls, but no credential, right or wrong, keeps anybody out. */
    private void greet(ContainerRequestContext request, Credentials credentials) {
        if (CredentialReader.isEmpty(credentials)) {
            return;
        }
        try {
            Authentication answer = callers.authenticate(credentials);
            answer.caller().ifPresent(c -> request.setSecurityContext(new CallerContext(c, servlet.isSecure())));
        } catch (RuntimeException e) {
            LOG.debug("an open operation goes on without knowing its caller", e);
        }
    }

    private static void check(Caller caller, RolesAllowed allowed) {
        boolean has = Arrays.stream(allowed.value()).anyMatch(role -> caller.roles().stream()
                .anyMatch(r -> r.lowerName().equals(role)));
        if (!has) {
            String needed = String.join(" or ", allowed.value());
            throw new ProblemException(Problem.of(
                    403, "NOT_AUTHORISED", caller.login() + " may not do this; it takes the role " + needed));
        }
    }

    private static Optional<UUID> account(ContainerRequestContext request) {
        String header = request.getHeaderString(CredentialReader.ACCOUNT);
        if (header == null || header.isEmpty()) {
            return Optional.empty();
        }
        if (!UUID_SHAPE.matcher(header).matches()) {
            throw new ProblemException(Problems.parameter(CredentialReader.ACCOUNT, header, "a UUID"));
        }
        return Optional.of(UUID.fromString(header));
    }

    /**
     * What the request asks for. Not as an injected field: for its type CXF makes a proxy, and keeps that and with it
     * all classes of this bundle's version at the type, which outlives the version.
     */
    private static ResourceInfo asked() {
        return new ResourceInfoImpl(JAXRSUtils.getCurrentMessage());
    }

    private static <A extends Annotation> Optional<A> annotation(ResourceInfo resource, Class<A> type) {
        Method method = resource.getResourceMethod();
        A own = method.getAnnotation(type);
        if (own != null) {
            return Optional.of(own);
        }
        boolean other = method.isAnnotationPresent(PermitAll.class)
                || method.isAnnotationPresent(RolesAllowed.class)
                || method.isAnnotationPresent(DenyAll.class);
        return other
                ? Optional.empty()
                : Optional.ofNullable(resource.getResourceClass().getAnnotation(type));
    }

    private String kind(ResourceInfo resource, String verb) {
        Method method = resource.getResourceMethod();
        Doc doc = method.getAnnotation(Doc.class);
        if (doc != null && !doc.kind().isEmpty()) {
            return doc.kind();
        }
        Path onClass = resource.getResourceClass().getAnnotation(Path.class);
        Path onMethod = method.getAnnotation(Path.class);
        String path = (onClass == null ? "" : onClass.value()) + (onMethod == null ? "" : "/" + onMethod.value());
        Object base = servlet.getAttribute("hms.base");
        return verb + " " + (base + "/" + path).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }

    /** Cookies are the servlet's: the class of JAX-RS for them would keep CXF's first version for good. */
    private record Headers(ContainerRequestContext request, HttpServletRequest servlet)
            implements CredentialReader.Source {
        @Override
        public Optional<String> header(String name) {
            return Optional.ofNullable(request.getHeaderString(name)).filter(value -> !value.isEmpty());
        }

        @Override
        public Optional<String> cookie(String name) {
            Cookie[] cookies = servlet.getCookies();
            return cookies == null
                    ? Optional.empty()
                    : Arrays.stream(cookies)
                            .filter(cookie -> cookie.getName().equals(name))
                            .map(Cookie::getValue)
                            .findFirst();
        }
    }
}
