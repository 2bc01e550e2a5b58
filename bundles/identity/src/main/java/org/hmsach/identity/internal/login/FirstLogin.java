package org.hmsach.identity.internal.login;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.hmsach.api.identity.Role;
import org.hmsach.identity.internal.people.Keys;
import org.hmsach.identity.internal.people.People;
import org.hmsach.identity.internal.people.Person;
import org.hmsach.identity.internal.secret.Secrets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where nobody is admin yet, makes the first login and leaves its password in a file that only the owner can read. */
@Component(
        service = HealthCheck.class,
        immediate = true,
        property = {HealthCheck.NAME + "=identity.people", HealthCheck.TAGS + "=identity"})
public final class FirstLogin implements HealthCheck {
    static final String FILE = "first-login.json";
    private static final Logger LOG = LoggerFactory.getLogger(FirstLogin.class);
    private static final Set<Role> ROLES = Set.of(Role.OPERATOR, Role.ADMIN, Role.COMPLIANCE);
    private static final long PAUSE_MS = 1_000;

    private final People people;
    private final Logins logins;
    private final Keys keys;
    private final Path folder;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile String trouble = "starting";

    @Activate
    public FirstLogin(
            @Reference People people, @Reference Logins logins, @Reference Keys keys, @Reference Settings settings) {
        this(people, logins, keys, settings.policy().secretsFolder());
        Thread thread = new Thread(this::untilDone, "hms-identity-first-login");
        thread.setDaemon(true);
        thread.start();
    }

    FirstLogin(People people, Logins logins, Keys keys, Path folder) {
        this.people = people;
        this.logins = logins;
        this.keys = keys;
        this.folder = folder;
    }

    @Deactivate
    public void stop() throws InterruptedException {
        stop.countDown();
        done.await(PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Result execute() {
        String why = trouble;
        return why.isEmpty()
                ? new Result(Result.Status.OK, "people can be read")
                : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, why);
    }

    private void untilDone() {
        try {
            boolean made = false;
            while (!made && !stop.await(0, TimeUnit.MILLISECONDS)) {
                made = tried();
                if (!made) {
                    stop.await(PAUSE_MS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done.countDown();
        }
    }

    private boolean tried() {
        try {
            make();
            keys.warmUp();
            trouble = "";
            return true;
        } catch (RuntimeException e) {
            trouble = String.valueOf(e.getMessage());
            LOG.warn("cannot see yet whether a first login is needed: {}", e.getMessage());
            return false;
        }
    }

    /** Makes the login if there is no admin. @return whether it did */
    boolean make() {
        if (!people.noneWith(Role.ADMIN)) {
            return false;
        }
        String login = "operator";
        for (int i = 2; people.byLogin(login).isPresent(); i++) {
            login = "operator-" + i;
        }
        String password = new Secrets().password();
        Person person = new Person(UUID.randomUUID(), login, "Operator", ROLES, false);
        // the file first: a login whose password nobody has would lock everybody out
        write("{\"login\":\"" + login + "\",\"password\":\"" + password + "\"}\n");
        people.add(person, logins.passwords().hash(password.toCharArray()), System.currentTimeMillis());
        LOG.info("made the first login '{}'; its password is in {}", login, folder.resolve(FILE));
        return true;
    }

    private void write(String json) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            Files.deleteIfExists(file);
            try (FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                channel.write(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
