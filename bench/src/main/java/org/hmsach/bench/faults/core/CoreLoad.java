package org.hmsach.bench.faults.core;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hmsach.api.command.Command;
import org.hmsach.api.command.Commands;
import org.hmsach.api.command.Origin;
import org.hmsach.api.instrument.Instrument;
import org.hmsach.api.instrument.InstrumentStatus;
import org.hmsach.api.money.Currency;
import org.hmsach.api.money.Scale8;

/** Several clients at once, each on a thread of its own, until they are told to finish. */
final class CoreLoad {
    static final String RULE = "gov.collar";
    static final String SYMBOL = "IBM";
    static final String VENUE = "broker";
    private final CoreUnderTest core;
    private final List<Client> clients = new ArrayList<>();
    private final List<Future<Void>> running = new ArrayList<>();
    private final ExecutorService threads;
    private final CountDownLatch marketOpen = new CountDownLatch(1);
    private volatile boolean finishing;

    CoreLoad(CoreUnderTest core, int clientCount, long seed) {
        this.core = core;
        for (int i = 1; i <= clientCount; i++) {
            clients.add(new Client(core, i, seed));
        }
        this.threads = Executors.newFixedThreadPool(1 + clientCount, task -> {
            Thread thread = new Thread(task, "client");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What everybody needs first; asking for it again changes nothing. */
    static void openMarket(CoreUnderTest core) throws InterruptedException {
        send(core, "market-1", new Commands.OpenBusinessDate(LocalDate.of(2026, 1, 5), LocalDate.of(2026, 1, 6)));
        send(
                core,
                "market-2",
                new Commands.DefineInstrument(new Instrument(
                        SYMBOL, Currency.USD, Scale8.parse("0.01"), Scale8.ONE, InstrumentStatus.ACTIVE, VENUE)));
        send(core, "market-3", new Commands.OpenVenue(VENUE, false));
    }

    private static void send(CoreUnderTest core, String id, Command command) throws InterruptedException {
        core.done(command, new Origin(Origin.NOBODY, "ops", id, Optional.of(id)));
    }

    /** Begins; clients wait for a core by themselves. */
    void start() {
        running.add(threads.submit(() -> {
            openMarket(core);
            marketOpen.countDown();
            return null;
        }));
        for (Client client : clients) {
            running.add(threads.submit(() -> {
                marketOpen.await();
                client.open();
                while (!finishing) {
                    client.step();
                }
                return null;
            }));
        }
    }

    /** Lets each client finish what it has begun. */
    void finish() throws InterruptedException {
        finishing = true;
        try {
            for (Future<Void> client : running) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client gave up", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    List<Client> clients() {
        return clients;
    }
}
