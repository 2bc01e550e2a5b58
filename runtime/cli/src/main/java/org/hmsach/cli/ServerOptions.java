package org.hmsach.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.hmsach.cli.server.ServerException;
import picocli.CommandLine.Option;

/** Options of every command that starts a server. */
final class ServerOptions {
    @Option(names = "--port", paramLabel = "N", description = "port on 127.0.0.1; 0 takes a free one (default: 8080)")
    private Integer port;

    @Option(
            names = "--market-data",
            paramLabel = "DIR",
            description = "replay the trades and quotes in this folder; without it the market is simulated")
    private Path marketData;

    @Option(
            names = "-D",
            paramLabel = "name=value",
            mapFallbackValue = "",
            description = "a property, e.g. -Dhms.host=0.0.0.0; see conf/hms.properties")
    private Map<String, String> defines = Map.of();

    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>(defines);
        if (port != null) {
            properties.put("hms.port", port.toString());
        }
        if (marketData != null) {
            if (!Files.isDirectory(marketData)) {
                throw new ServerException("--market-data " + marketData + " is not a folder");
            }
            properties.put(
                    "hms.market.data", marketData.toAbsolutePath().normalize().toString());
        }
        return properties;
    }
}
