package org.hmsach.gateway.internal.stream;

import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.identity.Credentials;
import org.hmsach.gateway.internal.guard.CredentialReader;
import org.hmsach.gateway.internal.json.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upgrade from HTTP. Servlet filters do not see it, so cookies are read here, and only when the page that asks was
 * served by this host: browsers send cookies along with any page's upgrade. Every method is overridden, because the
 * API's own ones look for a container with ServiceLoader.
 */
final class Handshake extends ServerEndpointConfig.Configurator {
    /** User property with the credentials of the handshake. */
    static final String CREDENTIALS = "hms.credentials";

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    private final Hub hub;
    private final StrictJson json = new StrictJson();

    Handshake(Hub hub) {
        this.hub = hub;
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return "";
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    @Override
    public boolean checkOrigin(String origin) {
        // a foreign page may connect, but nobody's cookie counts there: see modifyHandshake
        return true;
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        config.getUserProperties().remove(CREDENTIALS);
        if (!sameHost(header(request, "Origin"), header(request, "Host"))) {
            return;
        }
        Credentials credentials = CredentialReader.read(new Headers(request), false, "stream");
        if (credentials.sessionToken().isPresent()) {
            config.getUserProperties().put(CREDENTIALS, credentials);
        }
    }

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        return type.cast(new StreamEndpoint(hub, json));
    }

    static boolean sameHost(Optional<String> origin, Optional<String> host) {
        if (origin.isEmpty() || host.isEmpty()) {
            return false;
        }
        try {
            return host.get().equalsIgnoreCase(URI.create(origin.get()).getRawAuthority());
        } catch (IllegalArgumentException e) {
            LOG.debug("an origin is no URI", e);
            return false;
        }
    }

    static Optional<String> cookie(Optional<String> header, String name) {
        return header.stream()
                .flatMap(text -> Arrays.stream(text.split(";")))
                .map(String::trim)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    private static Optional<String> header(HandshakeRequest request, String name) {
        return request.getHeaders().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .flatMap(entry -> entry.getValue().stream())
                .findFirst();
    }

    private record Headers(HandshakeRequest request) implements CredentialReader.Source {
        @Override
        public Optional<String> header(String name) {
            return Handshake.header(request, name);
        }

        @Override
        public Optional<String> cookie(String name) {
            return Handshake.cookie(Handshake.header(request, "Cookie"), name);
        }
    }
}
