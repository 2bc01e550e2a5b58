package org.hmsach.bench.faults.platform;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.hmsach.cli.http.HmsClient;

/** The operator, in a session that is opened when there is none or when it ended. Thread-safe. */
final class Operator {
    private final String login;
    private final String password;
    private HmsClient server;
    private HmsClient session;

    Operator(String login, String password) {
        this.login = login;
        this.password = password;
    }

    /** Goes on at this address, in the session that there was. */
    synchronized void move(URI url) {
        server = new HmsClient(url);
        session = null;
    }

    /** Sends a request with these further headers, in a new session when the old one has ended. */
    HmsClient.Answer send(String method, String path, Map<String, Object> body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HmsClient used = session();
        HmsClient.Answer answer = with(used, headers).send(method, path, body);
        if (answer.status() == 401) {
            forget(used);
            answer = with(session(), headers).send(method, path, body);
        }
        return answer;
    }

    private static HmsClient with(HmsClient session, Map<String, String> headers) {
        HmsClient client = session;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            client = client.with(header.getKey(), header.getValue());
        }
        return client;
    }

    private synchronized HmsClient session() throws IOException, InterruptedException {
        if (session == null) {
            session = server.login(login, password);
        }
        return session;
    }

    private synchronized void forget(HmsClient old) {
        if (session == old) {
            session = null;
        }
    }
}
