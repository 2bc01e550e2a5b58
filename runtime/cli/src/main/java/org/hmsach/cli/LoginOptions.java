package org.hmsach.cli;

import java.io.Console;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.hmsach.cli.http.HmsClient;
import org.hmsach.cli.server.NotRunningException;
import org.hmsach.cli.server.RunFile;
import org.hmsach.cli.server.ServerException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which running server, and who asks it. */
final class LoginOptions {
    @ArgGroup(exclusive = true)
    private Where where = new Where();

    @Option(names = "--login", paramLabel = "NAME", description = "who asks (default: ${DEFAULT-VALUE})")
    private String login = "operator";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "read the password from its first line; else from the variable HMS_PASSWORD, else it is asked")
    private Path passwordFile;

    /** Exactly one of the two. */
    static final class Where {
        @Option(names = "--data", paramLabel = "DIR", description = "data folder (default: ./hms-data)")
        private Path data = Path.of("hms-data");

        @Option(names = "--url", paramLabel = "URL", description = "address of a server, instead of --data")
        private URI url;
    }

    /** A client in a session of the person. */
    HmsClient connect() throws IOException, InterruptedException {
        URI url = where.url;
        if (url == null) {
            Path data = where.data.toAbsolutePath().normalize();
            url = URI.create(RunFile.running(data)
                    .orElseThrow(() -> new NotRunningException(data))
                    .url());
        }
        String password = password();
        try {
            return new HmsClient(url).login(login, password);
        } catch (ConnectException e) {
            throw new ServerException("nothing answers at " + url, e);
        }
    }

    private String password() throws IOException {
        if (passwordFile != null) {
            return Files.readAllLines(passwordFile).stream()
                    .findFirst()
                    .orElseThrow(() -> new ServerException(passwordFile + " is empty"));
        }
        String given = System.getenv("HMS_PASSWORD");
        if (given != null) {
            return given;
        }
        Console console = Optional.ofNullable(System.console())
                .orElseThrow(() -> new ServerException(
                        "no password: set HMS_PASSWORD, give --password-file, or run it in a terminal"));
        return new String(console.readPassword("Password of %s: ", login));
    }
}
