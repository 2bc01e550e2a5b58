package org.hmsach.ops.internal.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.felix.service.command.CommandSession;
import org.hmsach.api.identity.Authentication;
import org.hmsach.api.identity.Authenticator;
import org.hmsach.api.identity.Role;
import org.hmsach.ops.internal.swap.Refused;

/** Asks a person in the shell for the password: where two persons must agree, "console" is nobody. */
final class SignIn {
    private static final int MOST = 1_024;
    private static final String HERE = "127.0.0.1";

    private final Authenticator authenticator;

    SignIn(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** The login name, once its password was typed and it may operate modules. */
    String who(CommandSession session, String login) throws Refused, IOException {
        if (login.isEmpty()) {
            throw new Refused("--login NAME is needed: two persons must agree");
        }
        session.getConsole().print("password of " + login + ": ");
        session.getConsole().flush();
        char[] password = line(session.getKeyboard());
        try {
            Authentication answer = authenticator.password(login, password, HERE);
            return answer.caller()
                    .filter(one -> one.has(Role.OPERATOR) || one.has(Role.ADMIN))
                    .orElseThrow(() -> new Refused(answer.refusal()
                            .map(why -> why.detail())
                            .orElse(login + " has neither the role operator nor admin")))
                    .login();
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] line(InputStream keyboard) throws IOException {
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        for (int one = keyboard.read(); one >= 0 && one != '\n' && one != '\r'; one = keyboard.read()) {
            if (typed.size() == MOST) {
                throw new IOException("the password is longer than " + MOST + " bytes");
            }
            typed.write(one);
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(typed.toByteArray()));
        char[] password = new char[text.length()];
        text.get(password);
        return password;
    }
}
