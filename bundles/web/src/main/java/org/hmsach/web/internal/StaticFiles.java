package org.hmsach.web.internal;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Serves the files under {@code web/} of this bundle and, as {@code /lib/NAME/VERSION/}, the libraries it carries; read
 * once at start, nothing else can be reached.
 */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.name=hms-web", "osgi.http.whiteboard.servlet.pattern=/"})
public final class StaticFiles extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** Folders of the bundle and the paths they are served at. */
    private static final Map<String, String> FOLDERS =
            Map.of("/web/", "/", "/META-INF/resources/_static/", "/lib/", "/META-INF/resources/webjars/", "/lib/");

    private final transient Map<String, Page> pages;

    @Activate
    public StaticFiles(BundleContext context) throws IOException {
        this(read(context.getBundle()));
    }

    StaticFiles(Map<String, Page> pages) {
        this.pages = pages;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        Page page = pages.get(path.equals("/") ? "/index.html" : path);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (page == null) {
            notFound(response);
            return;
        }
        response.setHeader("ETag", page.etag());
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        page.policy().ifPresent(policy -> response.setHeader("Content-Security-Policy", policy));
        if (page.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(page.type());
        response.setContentLength(page.content().length);
        response.getOutputStream().write(page.content());
    }

    private static void notFound(HttpServletResponse response) throws IOException {
        byte[] problem =
                "{\"status\":404,\"code\":40400000,\"reason\":\"NOT_FOUND\",\"message\":\"there is no such path\"}"
                        .getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(problem);
    }

    private static Map<String, Page> read(Bundle bundle) throws IOException {
        Map<String, Page> pages = new TreeMap<>();
        for (Map.Entry<String, String> folder : FOLDERS.entrySet()) {
            Enumeration<URL> files = bundle.findEntries(folder.getKey(), "*.*", true);
            while (files != null && files.hasMoreElements()) {
                read(files.nextElement(), folder, pages);
            }
        }
        return pages;
    }

    private static void read(URL file, Map.Entry<String, String> folder, Map<String, Page> pages) throws IOException {
        String path =
                folder.getValue() + file.getPath().substring(folder.getKey().length());
        if (path.endsWith("/")) {
            return;
        }
        try (InputStream in = file.openStream()) {
            Page.of(path, in.readAllBytes()).ifPresent(page -> pages.put(path, page));
        }
    }
}
