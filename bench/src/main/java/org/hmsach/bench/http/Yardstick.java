package org.hmsach.bench.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.jaxrs.lifecycle.SingletonResourceProvider;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * A process that answers every order with the given bytes: bare Jetty, bare CXF on Jetty, or that CXF with one
 * PostgreSQL transaction per order. Prints its port.
 */
public final class Yardstick {
    private Yardstick() {}

    /** @param args {@code jetty}, {@code cxf} or {@code postgres}; the JSON to answer; for postgres the JDBC address */
    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(
                switch (args[0]) {
                    case "jetty" -> jetty(args[1]);
                    case "cxf" -> cxf(new Echo(answer(args[1])));
                    case "postgres" -> cxf(new SqlOrders(answer(args[1]), args[2]));
                    default -> throw new IllegalArgumentException("no yardstick " + args[0]);
                });
        server.start();
        System.out.println(connector.getLocalPort());
        server.join();
    }

    private static Handler jetty(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                Content.Source.asString(request);
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(bytes), callback);
                return true;
            }
        };
    }

    private static Map<String, Object> answer(String json) throws IOException {
        return new ObjectMapper().readValue(json, new TypeReference<>() {});
    }

    private static Handler cxf(Object resource) {
        CXFNonSpringServlet servlet = new CXFNonSpringServlet();
        servlet.setBus(new CXFBusFactory().createBus());
        ServletContextHandler context = new ServletContextHandler("/");
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        holder.setInitOrder(1);
        context.addServlet(holder, "/*");
        context.addEventListener(new jakarta.servlet.ServletContextListener() {});
        JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
        factory.setBus(servlet.getBus());
        factory.setAddress("/");
        factory.setResourceClasses(List.of(resource.getClass()));
        factory.setResourceProvider(resource.getClass(), new SingletonResourceProvider(resource, false));
        factory.setProvider(new JacksonJsonProvider());
        factory.create();
        return context;
    }
}
