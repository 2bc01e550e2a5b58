package org.hmsach.cli.maven;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hmsach.cli.server.ServerException;

/**
 * Jars by their Maven id: from the local repository, and only where an address was given from there, checked against
 * the checksum beside the jar. Not more than that: what a bundle depends on is the features' matter.
 */
public final class MavenSource {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** The strongest first; which of them there are is the server's choice. */
    private static final List<String> CHECKSUMS = List.of("SHA-256", "SHA-1");

    private final Path local;
    private final Optional<URI> remote;

    /** @param remote empty: the network is not touched */
    public MavenSource(Path local, Optional<URI> remote) {
        this.local = local;
        this.remote = remote.map(MavenSource::folder);
        this.remote.ifPresent(MavenSource::expectSafe);
    }

    /** The jar; a downloaded one lies in the folder. */
    public Path jar(MavenId id, Path folder) throws IOException, InterruptedException {
        Path here = local.resolve(id.path());
        if (Files.isRegularFile(here)) {
            return here;
        }
        String missing = id + " is not in the local Maven repository " + local;
        if (remote.isEmpty()) {
            throw new ServerException(
                    missing + "; build it there with mvn install, name another with --maven-repo, or allow --online");
        }
        if (id.isSnapshot()) {
            throw new ServerException(missing + ", and a snapshot is not fetched: it may change under its version");
        }
        return fetch(remote.get().resolve(id.path()), folder.resolve("fetched.jar"));
    }

    private static Path fetch(URI from, Path to) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL) // never from https to http
                .build();
        try {
            HttpResponse<Path> answer = http.send(request(from), HttpResponse.BodyHandlers.ofFile(to));
            if (answer.statusCode() != OK) {
                throw new ServerException(from + " answers " + answer.statusCode());
            }
            for (String algorithm : CHECKSUMS) {
                URI beside = URI.create(from + "." + algorithm.replace("-", "").toLowerCase(Locale.ROOT));
                HttpResponse<String> sum = http.send(request(beside), HttpResponse.BodyHandlers.ofString());
                if (sum.statusCode() == OK) {
                    expect(from, sum.body().trim().split("\\s", 2)[0], checksum(to, algorithm), algorithm);
                    return to;
                }
                if (sum.statusCode() != NOT_FOUND) {
                    throw new ServerException(beside + " answers " + sum.statusCode());
                }
            }
        } catch (IOException e) {
            throw new ServerException("cannot fetch " + from + ": " + e, e);
        }
        throw new ServerException(from + " has no checksum beside it, of " + CHECKSUMS + ": not taken");
    }

    private static HttpRequest request(URI from) {
        return HttpRequest.newBuilder(from).timeout(TIMEOUT).build();
    }

    private static void expect(URI from, String said, String found, String algorithm) {
        if (!said.equalsIgnoreCase(found)) {
            throw new ServerException(from + " has the " + algorithm + " " + found + ", but beside it stands " + said);
        }
    }

    private static String checksum(Path file, String algorithm) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance(algorithm))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static URI folder(URI address) {
        return address.toString().endsWith("/") ? address : URI.create(address + "/");
    }

    private static void expectSafe(URI address) {
        boolean https = "https".equals(address.getScheme()) && address.getHost() != null;
        if (!https && !("http".equals(address.getScheme()) && isThisMachine(address.getHost()))) {
            throw new ServerException("the address of the Maven repository is " + address
                    + ", it must begin with https:// (http:// only on this machine)");
        }
    }

    private static boolean isThisMachine(String host) {
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (java.net.UnknownHostException e) {
            return false;
        }
    }
}
