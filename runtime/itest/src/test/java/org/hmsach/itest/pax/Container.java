package org.hmsach.itest.pax;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Door;
import org.hmsach.api.command.Origin;
import org.hmsach.api.command.Outcome;
import org.hmsach.api.identity.Role;
import org.hmsach.api.module.ModuleRegistry;
import org.hmsach.api.module.ModuleState;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Money;
import org.hmsach.api.portfolio.Portfolio;
import org.hmsach.api.transfer.Direction;
import org.hmsach.api.transfer.TransferState;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/** What the tests inside a container share: the rest of the start, services, an account with cash. */
final class Container implements AutoCloseable {
    static final Origin OPERATOR = new Origin(new UUID(7, 7), "itest", "itest", Optional.empty());
    private static final int LAST_LEVEL = 100;
    private static final int SECONDS = 60;

    private final BundleContext context;
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();

    private Container(BundleContext context) {
        this.context = context;
    }

    /** What the launcher does after the first start level: the configurations, then all the rest. */
    static Container start(BundleContext context, ConfigurationAdmin configurations) throws Exception {
        Map<String, Map<String, Object>> all = new ObjectMapper()
                .readValue(context.getProperty(ShippedFeatures.CONFIGURATIONS), new TypeReference<>() {});
        for (Map.Entry<String, Map<String, Object>> entry : all.entrySet()) {
            String[] pid = entry.getKey().split("~", 2);
            Configuration configuration = pid.length == 1
                    ? configurations.getConfiguration(pid[0], "?")
                    : configurations.getFactoryConfiguration(pid[0], pid[1], "?");
            configuration.update(new Hashtable<>(entry.getValue()));
        }
        CountDownLatch reached = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION)
                .adapt(FrameworkStartLevel.class)
                .setStartLevel(LAST_LEVEL, event -> {
                    if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
                        reached.countDown();
                    }
                });
        if (!reached.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("start level " + LAST_LEVEL + " not reached within " + SECONDS + " s");
        }
        return new Container(context);
    }

    /** Kept until the end: a service that nobody holds may be put away and made anew. */
    <T> T service(Class<T> type) throws InterruptedException {
        ServiceTracker<?, ?> tracker = trackers.computeIfAbsent(type, t -> {
            ServiceTracker<?, ?> opened = new ServiceTracker<>(context, t, null);
            opened.open();
            return opened;
        });
        Object service = tracker.waitForService(TimeUnit.SECONDS.toMillis(SECONDS));
        if (service == null) {
            throw new AssertionError("no service " + type.getName() + " within " + SECONDS + " s");
        }
        return type.cast(service);
    }

    /** An account of the operator's with ten million dollars. */
    UUID openAccount() throws Exception {
        UUID account = submit(new Commands.OpenAccount(Currency.USD)).subject().orElseThrow();
        submit(new Commands.GrantAccess(OPERATOR.principal(), account, Role.INVESTOR));
        Money cash = Money.parse(Currency.USD, "10000000.00");
        UUID transfer = submit(new Commands.RequestTransfer(account, Direction.INCOMING, cash, "operator"))
                .subject()
                .orElseThrow();
        submit(new Commands.UpdateTransfer(Optional.empty(), transfer, TransferState.PENDING, ""));
        Portfolio portfolio = service(Portfolio.class);
        await(() -> "deposit", () -> portfolio.account(account).orElseThrow().settledMinor() > 0);
        return account;
    }

    /** A session of the Gogo shell, without a keyboard. */
    CommandSession shell() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return service(CommandProcessor.class).createSession(new ByteArrayInputStream(new byte[0]), out, out);
    }

    /** What a command of the Gogo shell gives back. */
    String typed(String line) throws Exception {
        try (CommandSession session = shell()) {
            return String.valueOf(session.execute(line));
        }
    }

    /** Waits until the registry calls the module active. */
    void awaitActive(String module) throws Exception {
        ModuleRegistry registry = service(ModuleRegistry.class);
        await(
                () -> module + " active",
                () -> registry.module(module).orElseThrow().state() == ModuleState.ACTIVE);
    }

    static void await(Supplier<String> what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what.get() + " did not happen within " + SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    @Override
    public void close() {
        trackers.values().forEach(ServiceTracker::close);
    }

    private Outcome submit(Command command) throws Exception {
        Outcome outcome = service(Door.class)
                .submit(command, OPERATOR)
                .toCompletableFuture()
                .get(SECONDS, TimeUnit.SECONDS);
        if (outcome.refusal().isPresent()) {
            throw new AssertionError(command + " refused: " + outcome.refusal());
        }
        return outcome;
    }
}
