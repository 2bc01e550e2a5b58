package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole workflow through the command that users run. */
class WalkIT {
    private static final int SECONDS = 400;

    @Test
    void walksOnTheSimulatedMarket() throws IOException, InterruptedException {
        walk();
    }

    @Test
    void walksOnRealQuotesThroughAKill() throws IOException, InterruptedException {
        walk("--market-data", Home.data("lean").toString(), "--kill");
    }

    private static void walk(String... options) throws IOException, InterruptedException {
        Path home = Home.distribution();
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/hms").toString(), "walk"));
        command.addAll(List.of(options));
        Tool.Result result = Tool.run(home, Map.of(), SECONDS, command);
        assertEquals(0, result.status(), result.output());
        System.out.println(result.output());
    }
}
