package org.hmsach.identity.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hmsach.api.identity.Role;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.api.sql.SqlUnits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class IdentityStoreTest {
    @Test
    void goesOnWithAnotherVersionOfStoreThoughTheOldOnesPoolIsClosed() throws SQLException {
        TestStore old = new TestStore();
        try (TestStore newer = new TestStore()) {
            List<Map.Entry<Map<String, Object>, SqlUnits>> present = new CopyOnWriteArrayList<>(List.of(old.units()));
            List<EntityManagerFactory> opened = new ArrayList<>();
            IdentityStore store = remembering(opened, present);
            People people = new People(store);
            add(people, "ann");
            old.close();
            assertAway(people::all);
            assertAway(() -> people.byId(UUID.randomUUID()));
            present.set(0, newer.units());
            assertEquals(List.of(), people.all());
            add(people, "bob");
            assertEquals("bob", people.all().get(0).login());
            assertEquals(2, opened.size());
            assertFalse(opened.get(0).isOpen(), "the old version's unit is closed");
            present.clear();
            assertAway(people::all);
            present.add(newer.units());
            assertEquals(1, people.all().size());
            store.close();
        }
    }

    /** A question that hangs in one version of store holds up nobody who asks the next. */
    @Test
    void movesOnBesideWorkThatDoesNotEnd() throws Exception {
        try (TestStore old = new TestStore();
                TestStore newer = new TestStore()) {
            List<Map.Entry<Map<String, Object>, SqlUnits>> present = new CopyOnWriteArrayList<>(List.of(old.units()));
            List<EntityManagerFactory> opened = new CopyOnWriteArrayList<>();
            IdentityStore store = remembering(opened, present);
            CountDownLatch asking = new CountDownLatch(1);
            CountDownLatch answered = new CountDownLatch(1);
            Thread slow = new Thread(() -> store.read(em -> {
                asking.countDown();
                return await(answered);
            }));
            slow.start();
            assertTrue(asking.await(30, TimeUnit.SECONDS));
            present.set(0, newer.units());
            store.switched();
            People people = new People(store);
            add(people, "bob");
            assertEquals(1, people.all().size());
            assertTrue(opened.get(0).isOpen(), "under work it is not closed");
            answered.countDown();
            slow.join();
            assertFalse(opened.get(0).isOpen(), "who leaves last closes it");
            store.close();
            assertFalse(opened.get(1).isOpen());
        }
    }

    private static IdentityStore remembering(
            List<EntityManagerFactory> opened, List<Map.Entry<Map<String, Object>, SqlUnits>> present) {
        return new IdentityStore(
                present,
                (units, entities) -> {
                    opened.add(units.open(TestStore.bundle(), "identity", entities));
                    return opened.get(opened.size() - 1);
                },
                System::nanoTime);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a newer version's script does beside the one that serves. */
    @Test
    void answersWhileAScriptChangesTheTable() throws Exception {
        try (TestStore database = new TestStore()) {
            People people = new People(database.store());
            add(people, "ann");
            UUID ann = people.all().get(0).id();
            AtomicBoolean ended = new AtomicBoolean();
            List<RuntimeException> failures = new CopyOnWriteArrayList<>();
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(new Thread(() -> readUntil(ended, () -> people.byId(ann), failures)));
            }
            readers.forEach(Thread::start);
            for (int i = 0; i < 100; i++) {
                database.execute("alter table identity_person add column more" + i + " varchar(64)");
            }
            ended.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertEquals(List.of(), failures);
        }
    }

    private static void readUntil(AtomicBoolean ended, Runnable read, List<RuntimeException> failures) {
        while (!ended.get()) {
            try {
                read.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }

    @Test
    void leavesNoUnitOpenThatComesWhenItIsClosed() throws Exception {
        try (TestStore database = new TestStore()) {
            List<EntityManagerFactory> opened = new ArrayList<>();
            AtomicReference<IdentityStore> store = new AtomicReference<>();
            store.set(new IdentityStore(
                    List.of(database.units()),
                    (units, entities) -> {
                        opened.add(units.open(TestStore.bundle(), "identity", entities));
                        store.get().close();
                        return opened.get(0);
                    },
                    System::nanoTime));
            assertAway(() -> new People(store.get()).all());
            assertFalse(opened.get(0).isOpen());
        }
    }

    /** Within the bound too: nobody waits for a database that is gone. */
    private static void assertAway(Executable call) {
        UnavailableException e =
                assertTimeout(Duration.ofSeconds(30), () -> assertThrows(UnavailableException.class, call));
        assertEquals("STORE_UNAVAILABLE", e.code());
    }

    private static void add(People people, String login) {
        people.add(new Person(UUID.randomUUID(), login, login, Set.of(Role.INVESTOR), false), "hash", 1);
    }

    @Test
    void triesAgainWhereTheDatabaseWasAway() throws Exception {
        try (TestStore database = new TestStore()) {
            List<Boolean> attempts = new ArrayList<>();
            AtomicLong clockNanos = new AtomicLong();
            IdentityStore store = new IdentityStore(
                    List.of(database.units()),
                    (units, entities) -> {
                        attempts.add(true);
                        if (attempts.size() == 1) {
                            throw new IllegalStateException("migration failed");
                        }
                        return units.open(TestStore.bundle(), "identity", entities);
                    },
                    clockNanos::get);
            People people = new People(store);
            assertThrows(UnavailableException.class, people::all);
            assertThrows(UnavailableException.class, people::all, "not again at once");
            assertEquals(1, attempts.size());
            clockNanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
            assertEquals(List.of(), people.all());
            assertEquals(2, attempts.size());
            store.close();
        }
    }
}
