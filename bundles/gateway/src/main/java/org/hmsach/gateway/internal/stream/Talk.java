package org.hmsach.gateway.internal.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Caller;
import org.hmsach.api.identity.Credentials;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.gateway.internal.json.StrictJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one client says, by the dialect's protocol: authenticate, listen. */
final class Talk {
    private static final Logger LOG = LoggerFactory.getLogger(Talk.class);
    private static final Set<String> STREAMS = Set.of("trade_updates", "portfolio", "quotes");
    private static final int MAX_SYMBOLS = 100;
    private static final String UUID_SHAPE = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Hub hub;
    private final Client client;
    private final StrictJson json;
    private final String remoteAddress;

    Talk(Hub hub, Client client, StrictJson json, String remoteAddress) {
        this.hub = hub;
        this.client = client;
        this.json = json;
        this.remoteAddress = remoteAddress;
    }

    /** The session cookie that came with the handshake lets its holder in without a further word. */
    void handshake(Credentials credentials) {
        letIn(credentials, Optional.empty());
    }

    /** One message. */
    void take(String text) {
        try {
            Map<String, Object> message = json.readObject(text);
            Object action = message.get("action");
            Map<?, ?> data = message.get("data") instanceof Map<?, ?> map ? map : Map.of();
            if ("authenticate".equals(action)) {
                authenticate(data);
            } else if ("auth".equals(action)) {
                authenticate(Map.of("key_id", word(message, "key"), "secret_key", word(message, "secret")));
            } else if ("listen".equals(action)) {
                listen(data);
            } else {
                client.send(hub.messages().error("action must be authenticate or listen"));
            }
        } catch (JsonProcessingException e) {
            client.send(hub.messages().error("the message is no JSON object"));
        } catch (ProblemException e) {
            client.send(hub.messages().error(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("a message on a stream could not be handled", e);
            client.send(hub.messages().error("something is wrong on our side"));
        }
    }

    private void authenticate(Map<?, ?> data) {
        String key = word(data, "key_id");
        String secret = word(data, "secret_key");
        Optional<UUID> account = Optional.of(word(data, "account"))
                .filter(a -> a.matches(UUID_SHAPE))
                .map(UUID::fromString);
        boolean known;
        if (key.isEmpty() && secret.isEmpty()) {
            // a session that only chooses its account
            known = client.credentials().isPresent()
                    && letIn(client.credentials().get(), account);
        } else {
            Credentials credentials = new Credentials(
                    Optional.of(key), Optional.of(secret), Optional.empty(), Optional.empty(), false, remoteAddress);
            known = letIn(credentials, account);
        }
        client.send(hub.messages().authorization(known));
        if (!known) {
            client.drop(Client.NOT_ALLOWED, "the credentials are not good");
        }
    }

    private boolean letIn(Credentials credentials, Optional<UUID> account) {
        try {
            Authentication answer = hub.callers().authenticate(credentials);
            if (answer.caller().isEmpty()) {
                return false;
            }
            Caller caller = hub.callers().onAccount(answer.caller().get(), account);
            return hub.admit(client, caller, credentials);
        } catch (UnavailableException | ProblemException e) {
            client.send(hub.messages().error(e.getMessage()));
            return false;
        }
    }

    private void listen(Map<?, ?> data) {
        if (client.caller().isEmpty()) {
            client.send(hub.messages().error("not authenticated"));
            return;
        }
        Set<String> streams = words(data, "streams");
        streams.retainAll(STREAMS);
        Set<String> symbols = words(data, "symbols");
        if (symbols.size() > MAX_SYMBOLS || !symbols.stream().allMatch(s -> s.matches("[A-Z0-9./-]{1,16}"))) {
            client.send(hub.messages().error("symbols must be at most " + MAX_SYMBOLS + " symbols"));
            return;
        }
        Optional<Long> since = Optional.empty();
        Object cursor = data.get("since");
        if (cursor != null) {
            if (!cursor.toString().matches("[0-9]{1,18}")) {
                client.send(hub.messages().error("since must be the tape number of the last message seen"));
                return;
            }
            since = Optional.of(Long.parseLong(cursor.toString()));
        }
        hub.listen(client, new Client.Listening(streams, symbols), since);
    }

    private static String word(Map<?, ?> data, String name) {
        return data.get(name) instanceof String text && text.length() <= 200 ? text : "";
    }

    private static Set<String> words(Map<?, ?> data, String name) {
        Set<String> words = new HashSet<>();
        if (data.get(name) instanceof List<?> list && list.size() <= 1_000) {
            list.forEach(word -> words.add(String.valueOf(word)));
        }
        return words;
    }
}
