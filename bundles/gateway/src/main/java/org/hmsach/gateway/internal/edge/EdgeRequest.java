package org.hmsach.gateway.internal.edge;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hmsach.gateway.internal.problem.BodyTooLarge;
import org.hmsach.gateway.internal.problem.RequestId;

/** A request with its id as header, its whole path as path info whatever pattern matched it, and a bounded body. */
final class EdgeRequest extends HttpServletRequestWrapper {
    private final String path;
    private final String requestId;
    private final long limitBytes;
    private ServletInputStream body;

    EdgeRequest(HttpServletRequest request, String path, String requestId, long limitBytes) {
        super(request);
        this.path = path;
        this.requestId = requestId;
        this.limitBytes = limitBytes;
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
    public String getHeader(String name) {
        return RequestId.HEADER.equalsIgnoreCase(name) ? requestId : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return RequestId.HEADER.equalsIgnoreCase(name)
                ? Collections.enumeration(Set.of(requestId))
                : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        Set<String> names = new LinkedHashSet<>();
        names.add(RequestId.HEADER);
        super.getHeaderNames().asIterator().forEachRemaining(name -> {
            if (!RequestId.HEADER.equalsIgnoreCase(name)) {
                names.add(name);
            }
        });
        return Collections.enumeration(names);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = new Bounded(super.getInputStream(), limitBytes);
        }
        return body;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    private static final class Bounded extends ServletInputStream {
        private final ServletInputStream in;
        private final long limitBytes;
        private long count;

        Bounded(ServletInputStream in, long limitBytes) {
            this.in = in;
            this.limitBytes = limitBytes;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int some = in.read(target, offset, length);
            count(Math.max(0, some));
            return some;
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }

        private void count(int more) throws BodyTooLarge {
            count += more;
            if (count > limitBytes) {
                throw new BodyTooLarge(limitBytes);
            }
        }
    }
}
