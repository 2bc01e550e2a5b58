package org.hmsach.gateway.internal.board;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.impl.RuntimeDelegateImpl;
import org.apache.cxf.jaxrs.lifecycle.SingletonResourceProvider;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.http.DestinationRegistryImpl;
import org.apache.cxf.transport.http.HTTPTransportFactory;
import org.apache.cxf.transport.servlet.ServletController;

/**
 * Endpoints on one shared CXF bus. Each generation has its own destination registry and controller, so that two of them
 * can stand under the same base path while one drains.
 */
public final class CxfEndpoints implements EndpointFactory, AutoCloseable {
    private static final Map<String, String> SETTINGS =
            Map.of("hide-service-list-page", "true", "disable-address-updates", "true");
    private static final ClassLoader CXF = CXFBusFactory.class.getClassLoader();

    private final Bus bus;
    private final Supplier<List<Object>> providers;

    /** @param providers gives the JAX-RS providers of one endpoint: fresh ones, contexts are injected into them */
    public CxfEndpoints(Supplier<List<Object>> providers) {
        this.providers = providers;
        bus = inCxf(() -> {
            Bus made = new CXFBusFactory().createBus(Map.of(), Map.of());
            made.setExtension(CXF, ClassLoader.class);
            made.setProperty(FaultListener.class.getName(), new Disconnects());
            return made;
        });
    }

    /**
     * Answers are built with this bundle's CXF from now on: JAX-RS has one place for all in the process, and would
     * look for what to put there with ServiceLoader, which OSGi does not answer.
     */
    public static void claim() {
        RuntimeDelegate.setInstance(inCxf(RuntimeDelegateImpl::new));
    }

    @Override
    public Generation.Endpoint create(String base, List<Resource> resources) {
        DestinationRegistry registry = new DestinationRegistryImpl();
        Server server = inCxf(() -> serve(base, resources, registry));
        ServletController controller = new ServletController(registry, new FixedConfig(), new NoList());
        return new CxfEndpoint(server, controller);
    }

    @Override
    public void close() {
        bus.shutdown(true);
    }

    private Server serve(String base, List<Resource> resources, DestinationRegistry registry) {
        JAXRSServerFactoryBean bean = new JAXRSServerFactoryBean();
        bean.setBus(bus);
        bean.setInvoker(new NeutralInvoker());
        bean.setAddress(base);
        bean.setDestinationFactory(new HTTPTransportFactory(registry));
        List<Class<?>> classes =
                resources.stream().<Class<?>>map(r -> r.object().getClass()).toList();
        bean.setResourceClasses(classes);
        for (Resource resource : resources) {
            bean.setResourceProvider(
                    resource.object().getClass(), new SingletonResourceProvider(resource.object(), false));
        }
        bean.setProviders(providers.get());
        return bean.create();
    }

    private static <T> T inCxf(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(CXF);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private record CxfEndpoint(Server server, ServletController controller) implements Generation.Endpoint {
        @Override
        public void invoke(HttpServletRequest request, HttpServletResponse response) throws Exception {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(CXF);
            try {
                controller.invoke(request, response);
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        @Override
        public void destroy() {
            server.destroy();
        }
    }

    /** A controller asks for settings of its servlet; these are fixed, so no servlet need be initialised. */
    private static final class FixedConfig implements ServletConfig {
        @Override
        public String getServletName() {
            return "hms-gateway";
        }

        @Override
        public ServletContext getServletContext() {
            return null;
        }

        @Override
        public String getInitParameter(String name) {
            return SETTINGS.get(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(SETTINGS.keySet());
        }
    }

    /** Where CXF would list its services. */
    private static final class NoList extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }
}
