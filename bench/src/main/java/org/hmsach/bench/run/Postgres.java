package org.hmsach.bench.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PostgreSQL server with its standard settings on fresh data, for as long as the run takes. */
public final class Postgres implements AutoCloseable {
    /** The one user it knows. */
    public static final String USER = "bench";

    private static final String DATABASE = "postgres";

    private final Path bin;
    private final Path data;
    private final int port;

    private Postgres(Path bin, Path data, int port) {
        this.bin = bin;
        this.data = data;
        this.port = port;
    }

    /** Starts one, where PostgreSQL is installed. */
    public static Optional<Postgres> start() throws IOException, InterruptedException {
        Optional<Path> bin = newest();
        if (bin.isEmpty()) {
            return Optional.empty();
        }
        Path data = Files.createTempDirectory("hms-bench-postgres");
        run(List.of("chown", user(), data.toString()));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Postgres server = new Postgres(bin.get(), data, port);
        server.tool("initdb", "-A", "trust", "-U", USER, "-D", data.toString());
        server.open();
        return Optional.of(server);
    }

    /** Starts it again on its data. */
    public void open() throws IOException, InterruptedException {
        String options = "-p " + port + " -k " + data + " -c listen_addresses=127.0.0.1 -c max_connections=50";
        String log = data.resolve("log").toString();
        tool("pg_ctl", "-D", data.toString(), "-l", log, "-w", "-o", options, "start");
    }

    /** Ends it as a crash would: connections break, nothing is written to the end. */
    public void crash() throws IOException, InterruptedException {
        tool("pg_ctl", "-D", data.toString(), "-m", "immediate", "stop");
    }

    /** Its JDBC address. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE + "?user=" + USER;
    }

    /** Process id of the server's first process. */
    public long pid() throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
    }

    @Override
    public void close() {
        try {
            crash();
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            System.err.println("PostgreSQL in " + data + " was not cleared away: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tool(String name, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (user().equals("postgres")) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(bin.resolve(name).toString());
        command.addAll(List.of(args));
        run(command);
    }

    /** PostgreSQL does not run as root; Debian's package brings a user for it. */
    private static String user() {
        String user = System.getProperty("user.name");
        return user.equals("root") ? "postgres" : user;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(new java.io.File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed with " + process.exitValue());
        }
    }

    private static Optional<Path> newest() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(versions)) {
            return folders.map(folder -> folder.resolve("bin"))
                    .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }
}
