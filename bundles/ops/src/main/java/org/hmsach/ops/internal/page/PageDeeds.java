package org.hmsach.ops.internal.page;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.hmsach.api.http.Problem;
import org.hmsach.api.http.ProblemException;
import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.modules.ModuleKeeper;
import org.hmsach.ops.internal.modules.Swaps;
import org.hmsach.ops.internal.shadow.ShadowDesk;
import org.hmsach.ops.internal.swap.Operation;
import org.hmsach.ops.internal.swap.Refused;
import org.hmsach.ops.internal.swap.SwapEngine;
import org.hmsach.ops.internal.swap.Upload;

/** What the page does, each on behalf of the person who is logged in. */
final class PageDeeds {
    private final ModuleKeeper keeper;
    private final SwapEngine engine;
    private final ShadowDesk desk;

    PageDeeds(ModuleKeeper keeper, SwapEngine engine, ShadowDesk desk) {
        this.keeper = keeper;
        this.engine = engine;
        this.desk = desk;
    }

    Object of(String what, HttpServletRequest request) throws Refused, IOException, InterruptedException {
        return switch (what) {
            case "preview" -> Upload.use(engine, Asked.jar(request), engine::preview);
            case "update" -> update(request);
            case "shadow" -> shadow(request);
            case "rollback" -> rollback(Asked.fields(request), Asked.who(request));
            case "remove" -> remove(Asked.fields(request), Asked.who(request));
            case "stop" -> desk.stop(Asked.only(request, "id"), Asked.who(request));
            case "promote" -> promote(Asked.fields(request), Asked.who(request));
            default -> throw new ProblemException(Problem.of(404, "NOT_FOUND", "the page does nothing called " + what));
        };
    }

    private Operation.Record update(HttpServletRequest request) throws Refused, IOException, InterruptedException {
        long watchMs = Swaps.watch(request.getParameter("watchMs"));
        Operation.Request asked =
                new Operation.Request("update", Asked.who(request), Asked.text(request, "why"), watchMs);
        String previewed = Asked.text(request, "digest");
        return Upload.use(engine, Asked.jar(request), jar -> {
                    requireSame(jar, previewed);
                    return engine.update(jar, asked);
                })
                .record();
    }

    private Object shadow(HttpServletRequest request) throws Refused, IOException, InterruptedException {
        String why = Asked.text(request, "why");
        String previewed = Asked.text(request, "digest");
        return Upload.use(engine, Asked.jar(request), jar -> {
            requireSame(jar, previewed);
            return desk.start(jar, Asked.who(request), why);
        });
    }

    /** Nobody gets another jar than the one whose preview was read. */
    private static void requireSame(StagedJar jar, String previewed) throws Refused {
        if (!jar.digest().equals(previewed)) {
            throw new Refused("the jar has the digest " + jar.digest() + ", the preview was of " + previewed
                    + ": preview it again");
        }
    }

    private Operation.Record rollback(Asked.Fields asked, String who) throws Refused {
        return engine.rollback(asked.target(), who, asked.why(), asked.watchMs())
                .record();
    }

    private Operation.Record remove(Asked.Fields asked, String who) throws Refused, InterruptedException {
        Operation.Request request = new Operation.Request("remove", who, asked.why(), 0);
        return engine.remove(asked.target(), request, keeper);
    }

    private Operation.Record promote(Asked.Fields asked, String who) throws Refused {
        Operation.Request request = new Operation.Request("promote", who, asked.why(), asked.watchMs());
        return desk.promote(asked.target(), request).record();
    }
}
