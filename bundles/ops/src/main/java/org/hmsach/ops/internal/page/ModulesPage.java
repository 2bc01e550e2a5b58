package org.hmsach.ops.internal.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.ops.internal.json.Json;
import org.hmsach.ops.internal.modules.ModuleKeeper;
import org.hmsach.ops.internal.modules.ModuleList;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page "Modules" of the Web Console: a frame of HTML, a script, and the JSON it asks for.
 *
 * <p>Who may come here is {@code ConsoleLogin}'s to say, also that no page of another site posts. Made only when the
 * Web Console asks for it: without that feature this class is never loaded.
 */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=" + ModulesPage.LABEL,
            ServletConstants.PLUGIN_TITLE + "=Modules",
            ServletConstants.PLUGIN_CATEGORY + "=HMS-ACH",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/" + ModulesPage.LABEL + "/res/modules.css"
        })
public final class ModulesPage extends AbstractServlet {
    static final String LABEL = "hms-modules";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ModulesPage.class);
    private static final ObjectMapper JSON = Json.mapper();
    private static final String DATA = "/data/";
    private static final String DO = "/do/";
    private static final String RES = "/res/";

    private final transient PageData data;
    private final transient PageDeeds deeds;

    /** Over the same objects as the resources and the commands. */
    @Activate
    public ModulesPage(
            @Reference ModuleList list,
            @Reference ModuleKeeper keeper,
            @Reference SwapEngine engine,
            @Reference ShadowDesk desk) {
        this.data = new PageData(list, keeper, engine, desk);
        this.deeds = new PageDeeds(keeper, engine, desk);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request);
        if (path.startsWith(DATA)) {
            answer(response, () -> data.of(path.substring(DATA.length()), request));
        } else {
            response.setHeader("X-Content-Type-Options", "nosniff");
            spoolResource(request, response);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = path(request);
        String deed = path.startsWith(DO) ? path.substring(DO.length()) : "";
        answer(response, () -> deeds.of(deed, request));
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().write(readTemplateFile("modules.html"));
    }

    @Override
    protected URL getResource(String path) {
        int res = path == null ? -1 : path.indexOf(RES);
        String name = res < 0 ? "" : path.substring(res + RES.length());
        return name.matches("modules\\.(js|css)") ? ModulesPage.class.getResource(name) : null;
    }

    private static String path(HttpServletRequest request) {
        String all = request.getPathInfo() == null ? "" : request.getPathInfo();
        return all.startsWith("/" + LABEL) ? all.substring(LABEL.length() + 1) : all;
    }

    private interface Answer {
        Object get() throws Refused, IOException, InterruptedException;
    }

    private static void answer(HttpServletResponse response, Answer answer) throws IOException {
        try {
            send(response, HttpServletResponse.SC_OK, answer.get());
        } catch (Refused e) {
            send(response, Problem.of(422, "MODULE_REFUSED", e.getMessage()));
        } catch (UnavailableException e) {
            send(response, Problem.of(503, e.code(), e.getMessage()));
        } catch (ProblemException e) {
            send(response, e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(response, Problem.of(503, "INTERRUPTED", "the server is stopping"));
        } catch (RuntimeException e) { // the edge of this request
            LOG.error("the page of modules met a bug", e);
            send(response, Problem.of(500, "INTERNAL", "a bug of the platform, the log has it: " + e));
        }
    }

    private static void send(HttpServletResponse response, Problem problem) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reason", problem.reason());
        json.put("message", problem.message());
        problem.field().ifPresent(field -> json.put("field", field));
        problem.limit().ifPresent(limit -> json.put("limit", limit));
        send(response, problem.status(), json);
    }

    private static void send(HttpServletResponse response, int status, Object json) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(json);
        setNoCache(response);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
