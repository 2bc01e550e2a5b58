package org.hmsach.identity.internal.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
            IdentityStore store = new IdentityStore(
                    present,
                    (units, entities) -> {
                        opened.add(units.open(TestStore.bundle(), "identity", entities));
                        return opened.get(opened.size() - 1);
                    },
                    System::nanoTime);
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
