package org.hmsach.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code java -jar}: one server process in the foreground until SIGTERM. */
public final class Main {
    private static final String USAGE = """
            Usage: java -jar org.hmsach.launcher.jar [--home DIR] [--data DIR] [--features core,gov,...] [--port N]
                   [--market-data DIR] [-Dname=value ...]
            --home is the distribution (default: the folder above this jar's), --data the data folder
            (default: ./hms-data).
            --features is written to DATA/features.list, which decides from then on.""";

    private static final long READY_TIMEOUT_MS = 120_000;

    private Path home = jarHome();
    private Path data = Path.of("hms-data");
    private List<String> features = List.of();
    private final Map<String, String> overrides = new TreeMap<>();

    private Main() {}

    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"))) {
            System.out.println(USAGE);
            return;
        }
        int exitCode = 0;
        try {
            Main main = new Main();
            main.parse(args);
            main.serve();
        } catch (LaunchException e) {
            System.err.println("hms: " + e.getMessage());
            exitCode = e.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(exitCode);
    }

    private void parse(String[] args) {
        for (int i = 0; i < args.length; i++) {
            String option = args[i];
            if (option.startsWith("-D") && option.contains("=")) {
                overrides.put(option.substring(2, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
                continue;
            }
            if (i + 1 == args.length) {
                throw new LaunchException(
                        LaunchException.USAGE, "unknown or incomplete option " + option + "\n" + USAGE);
            }
            i++;
            option(option, args[i]);
        }
    }

    private void option(String option, String value) {
        switch (option) {
            case "--home" -> home = Path.of(value);
            case "--data" -> data = Path.of(value);
            case "--features" -> features = List.of(value.split(","));
            case "--port" -> overrides.put("hms.port", value);
            case "--market-data" ->
                overrides.put(
                        "hms.market.data",
                        Path.of(value).toAbsolutePath().normalize().toString());
            default -> throw new LaunchException(LaunchException.USAGE, "unknown option " + option + "\n" + USAGE);
        }
    }

    private void serve() throws InterruptedException {
        Settings settings = Settings.read(home, data, features, overrides);
        Platform platform = Platform.start(settings, line -> System.err.println("hms: " + line));
        Path runFile = settings.data().resolve("run.json");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform, runFile), "hms-stop"));
        List<String> inactive = platform.inactive();
        if (!inactive.isEmpty()) {
            inactive.forEach(line -> System.err.println("hms: not active: " + line));
            throw new LaunchException(LaunchException.NOT_READY, inactive.size() + " bundles are not active");
        }
        if (!Trust.isOn(settings)) {
            System.err.println("hms: " + Trust.OFF);
        }
        platform.refused().forEach(line -> System.err.println("hms: not running: " + line));
        platform.idleStrays().forEach(line -> System.err.println("hms: not running: " + line));
        Readiness.await(settings.url(), READY_TIMEOUT_MS);
        ProcessHandle self = ProcessHandle.current();
        Instant started = self.info().startInstant().orElseGet(Instant::now);
        DataFolder.write(
                runFile,
                "{\"pid\":" + self.pid() + ",\"url\":\"" + settings.url() + "\",\"started\":\"" + started + "\"}\n");
        long millis = Duration.between(started, Instant.now()).toMillis();
        System.out.println(String.format(
                Locale.ROOT,
                "ready %s (features %s, %d bundles, %d.%03d s, pid %d%s)",
                settings.url(),
                String.join(",", settings.features()),
                platform.context().getBundles().length,
                millis / 1000,
                millis % 1000,
                self.pid(),
                Trust.isOn(settings) ? "" : ", TRUST IS OFF"));
        platform.awaitStop();
    }

    private static void stop(Platform platform, Path runFile) {
        try {
            Files.deleteIfExists(runFile);
            platform.close();
            System.err.println("hms: stopped");
        } catch (IOException | LaunchException e) {
            System.err.println("hms: stopping: " + e.getMessage());
        }
    }

    private static Path jarHome() {
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path lib = jar.getParent();
            return lib == null || lib.getParent() == null ? Path.of(".") : lib.getParent();
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException("this jar has no place", e);
        }
    }
}
