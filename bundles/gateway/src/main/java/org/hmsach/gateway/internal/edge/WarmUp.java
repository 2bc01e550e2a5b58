package org.hmsach.gateway.internal.edge;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hmsach.gateway.internal.guard.CallerFilter;

/**
 * Sends requests that change nothing through a version that stands aside. Its classes are its own, so that none of them
 * is loaded or compiled when it comes up: its first callers would wait for that. Orders are previewed: bodies are read,
 * answers are written, and nothing is done.
 */
final class WarmUp {
    private static final int ROUNDS = 1_500;
    private static final String LIVE = "/health/live";
    private static final String ORDER =
            "{\"symbol\":\"IBM\",\"qty\":\"1\",\"side\":\"buy\",\"type\":\"market\",\"time_in_force\":\"day\"}";

    private final HttpServlet servlet;
    private final Duration most;

    /** @param most it ends after so long even when it is not done */
    WarmUp(HttpServlet servlet, Duration most) {
        this.servlet = servlet;
        this.most = most;
    }

    /**
     * What came of it.
     *
     * @param live   statuses of the health path, each with its number
     * @param orders statuses of an order with a key that is nobody's, each with its number
     * @param previews statuses of previews for an account that does not exist, each with its number
     * @param last   the last answers
     */
    record Learnt(
            Map<Integer, Integer> live, Map<Integer, Integer> orders, Map<Integer, Integer> previews, Answers last) {
        /** What speaks against the version. @param identityIsAway then nobody can be refused either */
        Optional<String> trouble(boolean identityIsAway) {
            boolean refused = last.order() == HttpServletResponse.SC_UNAUTHORIZED;
            boolean excused = identityIsAway && last.order() == HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            // what stands behind it may be away; that the account is unknown is an answer
            boolean fails = last.preview() >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                    && last.preview() != HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            return last.live() == HttpServletResponse.SC_OK && (refused || excused) && !fails
                    ? Optional.empty()
                    : Optional.of("it answers " + LIVE + " with " + last.live()
                            + ", an order with nobody's key with " + last.order()
                            + " and a preview with " + last.preview());
        }
    }

    /** Three statuses. */
    record Answers(int live, int order, int preview) {}

    /** Asks until the code is warm or the time is up, but at least once. */
    Learnt run() throws IOException, InterruptedException {
        Map<Integer, Integer> live = new TreeMap<>();
        Map<Integer, Integer> orders = new TreeMap<>();
        long end = System.nanoTime() + most.toNanos();
        Map<Integer, Integer> previews = new TreeMap<>();
        Answers last = new Answers(0, 0, 0);
        for (int i = 0; i == 0 || (i < ROUNDS && System.nanoTime() < end); i++) {
            // the key is nobody's: it is looked up and refused
            last = new Answers(
                    send("GET", LIVE, ""),
                    send("POST", "/v2/orders", ORDER),
                    send("POST", "/v2/orders/preview", ORDER));
            live.merge(last.live(), 1, Integer::sum);
            orders.merge(last.order(), 1, Integer::sum);
            previews.merge(last.preview(), 1, Integer::sum);
            if (Thread.interrupted()) {
                throw new InterruptedException("the version goes before it is warm");
            }
        }
        return new Learnt(live, orders, previews, last);
    }

    private int send(String method, String path, String body) throws IOException {
        Answer answer = new Answer();
        try {
            servlet.service(
                    proxy(HttpServletRequest.class, new Question(method, path, body)),
                    proxy(HttpServletResponse.class, answer));
        } catch (ServletException e) {
            throw new IOException(e);
        }
        return answer.status;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(WarmUp.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What a method gives that nobody needs here. */
    private static Object nothing(Method method) {
        Class<?> type = method.getReturnType();
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? (Object) 0L : null;
    }

    private static final class Question implements InvocationHandler {
        private final String path;
        private final Map<String, Object> attributes = new HashMap<>();
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final Map<String, Object> fixed = new HashMap<>();

        Question(String method, String path, String body) {
            this.path = path;
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            attributes.put(CallerFilter.WARM_UP.getKey(), CallerFilter.WARM_UP.getValue());
            headers.put("Accept", "application/json");
            headers.put("APCA-API-KEY-ID", "nobody");
            headers.put("APCA-API-SECRET-KEY", "nobody");
            if (bytes.length > 0) {
                headers.put("Content-Type", "application/json");
            }
            fixed.put("getMethod", method);
            fixed.put("getServletPath", path);
            fixed.put("getRequestURI", path);
            fixed.put("getContextPath", "");
            fixed.put("getProtocol", "HTTP/1.1");
            fixed.put("getScheme", "http");
            fixed.put("getRemoteAddr", "127.0.0.1");
            fixed.put("getLocale", Locale.ROOT);
            fixed.put("getDispatcherType", DispatcherType.REQUEST);
            fixed.put("getContentLength", bytes.length);
            fixed.put("getContentLengthLong", (long) bytes.length);
            fixed.put("getInputStream", new Body(bytes));
        }

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "getHeader" -> headers.get(arguments[0]);
                case "getContentType" -> headers.get("Content-Type");
                case "getHeaders" ->
                    Collections.enumeration(
                            headers.containsKey(arguments[0]) ? List.of(headers.get(arguments[0])) : List.of());
                case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                case "getRequestURL" -> new StringBuffer("http://127.0.0.1").append(path);
                case "getAttribute" -> attributes.get(arguments[0]);
                case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                case "removeAttribute" -> attributes.remove(arguments[0]);
                case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
                case "getParameterNames" -> Collections.emptyEnumeration();
                case "getParameterMap" -> Map.of();
                default -> fixed.containsKey(method.getName()) ? fixed.get(method.getName()) : nothing(method);
            };
        }
    }

    private static final class Answer implements InvocationHandler {
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final Sink body = new Sink();
        private int status = HttpServletResponse.SC_OK;

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "setStatus" -> status = (int) arguments[0];
                case "getStatus" -> status;
                case "setHeader", "addHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "getContentType" -> headers.get("Content-Type");
                case "getHeader" -> headers.get(arguments[0]);
                case "containsHeader" -> headers.containsKey(arguments[0]);
                case "getHeaderNames" -> headers.keySet();
                case "getOutputStream" -> body;
                case "isCommitted" -> body.bytes.size() > 0;
                default -> nothing(method);
            };
        }
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        Body(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("a warm-up is read at once");
        }
    }

    private static final class Sink extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int one) {
            bytes.write(one);
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            bytes.write(some, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("a warm-up is written at once");
        }
    }
}
