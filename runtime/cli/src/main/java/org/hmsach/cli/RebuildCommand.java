package org.hmsach.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.cli.server.ServerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = "Has a running server drop its SQL read models (order history, activities, value history) "
                + "and make them again from the tape. Orders go on; histories answer 503 until it is done. "
                + "Needs an operator's login.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed, or stands still", "2:wrong use", "3:no server runs"})
final class RebuildCommand implements Callable<Integer> {
    private static final long POLL_MS = 100;
    private static final long SAY_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @Mixin
    private LoginOptions server;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        HmsClient client = server.connect();
        long beganNs = System.nanoTime();
        JsonNode before = client.post("/admin/v1/read-models/rebuild", Map.of());
        long events = await(client, before.path("rebuilds").asLong(), beganNs);
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNs));
        long perSecond = events * 1_000 / millis;
        if (json) {
            System.out.println(new ObjectMapper()
                    .createObjectNode()
                    .put("events", events)
                    .put("millis", millis)
                    .put("eventsPerSecond", perSecond));
        } else {
            System.out.println(
                    "read models made anew: " + events + " events, " + millis + " ms, " + perSecond + " events/s");
        }
        return 0;
    }

    /** @return how many events the read models hold */
    private static long await(HmsClient client, long rebuildsBefore, long beganNs)
            throws IOException, InterruptedException {
        long sayAt = beganNs;
        long movedNs = beganNs;
        long applied = -1;
        while (true) {
            JsonNode now = client.get("/admin/v1/read-models");
            boolean begun = now.path("rebuilds").asLong() > rebuildsBefore;
            if (begun && now.path("rebuildingTo").asLong() == 0) {
                return now.path("applied").asLong();
            }
            long nowNs = System.nanoTime();
            if (now.path("applied").asLong() != applied) {
                applied = now.path("applied").asLong();
                movedNs = nowNs;
            }
            if (nowNs - movedNs > PATIENCE_NS || now.path("rebuilds").asLong() < rebuildsBefore) {
                throw new ServerException("the read models stand still at event " + applied + " of " + now.path("last")
                        + ": " + now.path("trouble").asText());
            }
            if (begun && nowNs > sayAt) {
                System.err.println(
                        "hms: " + pace(applied, now.path("rebuildingTo").asLong(), nowNs - beganNs));
                sayAt = nowNs + SAY_EVERY_NS;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    static String pace(long done, long total, long sinceNs) {
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(sinceNs));
        long perSecond = done * 1_000 / millis;
        String left = perSecond == 0 ? "?" : Long.toString((total - done + perSecond - 1) / perSecond);
        return done + " of " + total + " events, " + perSecond + "/s, " + left + " s left";
    }
}
