package org.hmsach.ops.internal.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The Web Console's login: our people with the operator or administrator role, from this machine only.
 *
 * <p>The framework property {@code felix.webconsole.security.providers} names this provider, so that the console stays
 * away until it is here and its own admin/admin never counts.
 */
@Component(
        service = SecurityProvider.class,
        property = SecurityProvider.PROPERTY_ID + "=org.hmsach.ops",
        enabled = false) // ConsoleSeat lets it in
public final class ConsoleLogin implements SecurityProvider {
    private static final String BASIC = "Basic ";
    /** A browser sends the password with every picture of a page, and a password takes a fifth of a second to check. */
    private static final long REMEMBER_MS = 30_000;
    /** Two persons at the console must not make each other's passwords be checked again. */
    private static final int MOST_KNOWN = 8;

    private record Remembered(byte[] headerDigest, Caller caller, long untilMs) {}

    private final Authenticator authenticator;
    private final Clock clock;
    private final AtomicReference<List<Remembered>> known = new AtomicReference<>(List.of());

    @Activate
    public ConsoleLogin(@Reference Authenticator authenticator) {
        this(authenticator, Clock.systemUTC());
    }

    ConsoleLogin(Authenticator authenticator, Clock clock) {
        this.authenticator = authenticator;
        this.clock = clock;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        if (!isLoopback(request.getRemoteAddr()) || fromElsewhere(request)) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN);
            return null;
        }
        Optional<Caller> caller = caller(request);
        if (caller.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Basic realm=\"HMS-ACH console\", charset=\"UTF-8\"");
            refuse(response, HttpServletResponse.SC_UNAUTHORIZED);
            return null;
        }
        return caller.get();
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        known.set(List.of());
        refuse(response, HttpServletResponse.SC_UNAUTHORIZED);
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user instanceof Caller;
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith(BASIC)) {
            return Optional.empty();
        }
        byte[] digest = sha256(header);
        Optional<Caller> before = remembered()
                .filter(one -> MessageDigest.isEqual(one.headerDigest(), digest))
                .map(Remembered::caller)
                .findFirst();
        if (before.isPresent()) {
            return before;
        }
        Optional<Caller> caller = check(header, request.getRemoteAddr());
        caller.ifPresent(one -> remember(new Remembered(digest, one, clock.millis() + REMEMBER_MS)));
        return caller;
    }

    private Stream<Remembered> remembered() {
        return known.get().stream().filter(one -> clock.millis() < one.untilMs());
    }

    private void remember(Remembered one) {
        known.updateAndGet(before -> Stream.concat(
                        Stream.of(one), before.stream().filter(other -> clock.millis() < other.untilMs()))
                .limit(MOST_KNOWN)
                .toList());
    }

    private Optional<Caller> check(String header, String remoteAddress) {
        byte[] decoded;
        try {
            decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).trim());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // not Base64: no credentials
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(decoded));
        int colon = text.toString().indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        char[] password = new char[text.length() - colon - 1];
        String login = text.subSequence(0, colon).toString();
        text.position(colon + 1);
        text.get(password);
        try {
            Authentication answer = authenticator.password(login, password, remoteAddress);
            return answer.caller().filter(one -> one.has(Role.OPERATOR) || one.has(Role.ADMIN));
        } finally {
            Arrays.fill(password, '\0');
            Arrays.fill(decoded, (byte) 0);
        }
    }

    /** A page of another site must not press the console's buttons with the password the browser remembers. */
    private static boolean fromElsewhere(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean otherSite = site != null && !site.equals("same-origin") && !site.equals("none");
        boolean otherOrigin = origin != null && !origin.endsWith("://" + request.getHeader("Host"));
        return !"GET".equals(request.getMethod()) && (otherSite || otherOrigin);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // not even an address
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void refuse(HttpServletResponse response, int status) {
        try {
            response.setStatus(status);
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("the client went away", e);
        }
    }
}
