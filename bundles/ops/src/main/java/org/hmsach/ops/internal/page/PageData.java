package org.hmsach.ops.internal.page;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.ops.internal.modules.ModuleKeeper;
import org.hmsach.ops.internal.modules.ModuleList;
import org.hmsach.ops.internal.modules.Swaps;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.SwapEngine;

/** What the page shows. Changes nothing. */
final class PageData {
    private static final int MOST_OPERATIONS = 50;
    private static final long MOST_WAIT_MS = 10_000;

    private final ModuleList list;
    private final ModuleKeeper keeper;
    private final SwapEngine engine;
    private final ShadowDesk desk;

    PageData(ModuleList list, ModuleKeeper keeper, SwapEngine engine, ShadowDesk desk) {
        this.list = list;
        this.keeper = keeper;
        this.engine = engine;
        this.desk = desk;
    }

    Object of(String what, HttpServletRequest request) throws Refused, InterruptedException {
        return switch (what) {
            case "modules" -> modules(request);
            case "removal" -> removal(Asked.text(request, "module"));
            case "operations" -> operations();
            case "operation" -> operation(request);
            case "shadows" ->
                desk.reports().stream().map(report -> report.brief(0)).toList();
            case "shadow" ->
                desk.report(Asked.text(request, "id"))
                        .orElseThrow(() -> missing("there is no shadow " + Asked.text(request, "id")));
            default -> throw missing("the page has no data " + what);
        };
    }

    private Map<String, Object> modules(HttpServletRequest request) throws InterruptedException {
        List<Map<String, Object>> rows = list.rows();
        for (Map<String, Object> row : rows) {
            row.put("health", list.health(row.get("symbolicName").toString()));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("who", Asked.who(request));
        json.put("mostJarBytes", Asked.MOST_JAR_BYTES);
        json.put("mostWhy", Swaps.MOST_WHY);
        json.put("watchMs", SwapEngine.WATCH_MS);
        json.put("modules", rows);
        return json;
    }

    private Object removal(String module) throws Refused, InterruptedException {
        keeper.requireRemovable(module);
        return engine.previewRemoval(module);
    }

    /** The newest, newest first, without what is attached to them. */
    private List<Operation.Record> operations() {
        List<Operation.Record> all = engine.operations();
        List<Operation.Record> newest = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && newest.size() < MOST_OPERATIONS; i--) {
            newest.add(all.get(i).withoutEvidence());
        }
        return newest;
    }

    private Operation.Record operation(HttpServletRequest request) throws InterruptedException {
        String id = Asked.text(request, "id");
        int seen = (int) Swaps.number("steps", request.getParameter("steps"), -1, Integer.MAX_VALUE);
        long wait = Swaps.number("waitMs", request.getParameter("waitMs"), 0, MOST_WAIT_MS);
        return engine.operation(id, seen, Duration.ofMillis(wait))
                .orElseThrow(() -> missing("there is no operation " + id));
    }

    private static ProblemException missing(String message) {
        return new ProblemException(Problem.of(404, "NOT_FOUND", message));
    }
}
