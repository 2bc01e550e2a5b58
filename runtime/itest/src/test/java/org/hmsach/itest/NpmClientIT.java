package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The unmodified npm client reads, trades and listens; a guard keeps it on loopback. */
class NpmClientIT {
    @Test
    void servesTheUnmodifiedClient() throws IOException, InterruptedException {
        Home.need("node", Tool.present("node") && Tool.present("npm"), "node and npm are not installed");
        Path folder = Home.project().resolve("runtime/itest/target/node");
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "guard.mjs", "client.test.mjs")) {
            Files.write(
                    folder.resolve(file),
                    Files.readAllBytes(Home.project()
                            .resolve("runtime/itest/src/test/node")
                            .resolve(file)));
        }
        Tool.Result install = Tool.run(
                folder,
                Map.of(),
                300,
                List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"));
        assertEquals(0, install.status(), install.output());
        try (Server server = Server.start("core,gov,mkt,mfe", "hms.market.session=open")) {
            Server.Investor investor = server.investor("npm", "100000.00");
            Map<String, String> environment = Map.of(
                    "HMS_URL", server.url().toString(),
                    "HMS_KEY_ID", investor.keyId(),
                    "HMS_SECRET", investor.secretKey());
            Tool.Result run =
                    Tool.run(folder, environment, 180, List.of("node", "--import", "./guard.mjs", "client.test.mjs"));
            assertEquals(0, run.status(), run.output());
        }
    }
}
