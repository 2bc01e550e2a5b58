package org.hmsach.identity.internal.people;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hmsach.identity.internal.secret.Secrets;

/** Sessions: a random token outside, its hash inside, two ends. Thread-safe. */
public final class Sessions {
    private static final int TOUCHES_PER_IDLE = 10;

    private final IdentityStore store;
    private final Secrets secrets;
    private final Duration idle;
    private final Duration longest;

    /**
     * @param idle    how long a session lives unused
     * @param longest how long it lives at most
     */
    public Sessions(IdentityStore store, Secrets secrets, Duration idle, Duration longest) {
        this.store = store;
        this.secrets = secrets;
        this.idle = idle;
        this.longest = longest;
    }

    /** Opens one. @return the token, which is kept nowhere */
    public String open(UUID person, long nowMs) {
        String token = secrets.token();
        store.write(em -> {
            em.createQuery("delete from SessionRow s where s.expiresMs <= :now or s.usedMs <= :unused")
                    .setParameter("now", nowMs)
                    .setParameter("unused", nowMs - idle.toMillis())
                    .executeUpdate();
            em.persist(new SessionRow(Secrets.hexHash(token), person.toString(), nowMs, nowMs + longest.toMillis()));
            return token;
        });
        return token;
    }

    /** Whose session it is, if it lives and the person is not disabled. */
    public Optional<Person> find(String token, long nowMs) {
        String id = Secrets.hexHash(token);
        Optional<Found> found = store.read(em -> Optional.ofNullable(em.find(SessionRow.class, id))
                .filter(row -> nowMs < row.expiresMs() && nowMs < row.usedMs() + idle.toMillis())
                .flatMap(row -> Optional.ofNullable(em.find(PersonRow.class, row.person()))
                        .map(person -> new Found(person.person(), row.usedMs()))));
        // not every request needs a write
        if (found.isPresent() && nowMs - found.get().usedMs() > idle.toMillis() / TOUCHES_PER_IDLE) {
            store.write(em -> {
                Optional.ofNullable(em.find(SessionRow.class, id)).ifPresent(row -> row.use(nowMs));
                return id;
            });
        }
        return found.map(Found::person).filter(person -> !person.disabled());
    }

    /** Ends one. */
    public void close(String token) {
        store.write(em -> em.createQuery("delete from SessionRow s where s.id = :id")
                .setParameter("id", Secrets.hexHash(token))
                .executeUpdate());
    }

    static void deleteOf(EntityManager em, UUID person) {
        em.createQuery("delete from SessionRow s where s.person = :person")
                .setParameter("person", person.toString())
                .executeUpdate();
    }

    private record Found(Person person, long usedMs) {}
}
