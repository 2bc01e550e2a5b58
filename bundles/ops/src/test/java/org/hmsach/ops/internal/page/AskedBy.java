package org.hmsach.ops.internal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.felix.webconsole.servlet.User;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;

/** A request as the Web Console hands it on, from a person whom it let in. */
final class AskedBy {
    private static final String JAR = "application/octet-stream";

    private AskedBy() {}

    static HttpServletRequest jar(String login, byte[] jar, Map<String, String> parameters) {
        return request(login, JAR, new ByteArrayInputStream(jar), jar.length, parameters);
    }

    static HttpServletRequest stream(String login, InputStream jar, long length) {
        return request(login, JAR, jar, length, Map.of());
    }

    static HttpServletRequest json(String login, Map<String, Object> fields) throws JsonProcessingException {
        byte[] body = new ObjectMapper().writeValueAsBytes(fields);
        return request(login, "application/json", new ByteArrayInputStream(body), body.length, Map.of());
    }

    static HttpServletRequest form(String login, byte[] body) {
        return request(login, "text/plain", new ByteArrayInputStream(body), body.length, Map.of());
    }

    private static HttpServletRequest request(
            String login, String type, InputStream body, long length, Map<String, String> parameters) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                AskedBy.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getAttribute" -> login.isEmpty() ? null : person(login);
                    case "getParameter" -> parameters.get(String.valueOf(arguments[0]));
                    case "getContentType" -> type;
                    case "getContentLengthLong" -> length;
                    case "getInputStream" -> new Body(body);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    private static User person(String login) {
        Caller caller = new Caller(UUID.randomUUID(), login, Set.of(Role.OPERATOR), Optional.empty(), Optional.empty());
        return new User() {
            @Override
            public boolean authorize(String role) {
                return true;
            }

            @Override
            public Object getUserObject() {
                return caller;
            }
        };
    }

    private static final class Body extends ServletInputStream {
        private final InputStream in;

        Body(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return in.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("read by blocking");
        }
    }
}
