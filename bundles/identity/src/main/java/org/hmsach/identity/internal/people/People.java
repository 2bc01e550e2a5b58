package org.hmsach.identity.internal.people;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.hmsach.api.identity.Role;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** People and their passwords' hashes. Thread-safe. */
@Component(service = People.class)
public final class People {
    /** A person with the hash of their password. */
    public record Known(Person person, String passwordHash) {}

    private final IdentityStore store;

    @Activate
    public People(@Reference IdentityStore store) {
        this.store = store;
    }

    /** All, by login. */
    public List<Person> all() {
        return store.read(em -> em.createQuery("select p from PersonRow p order by p.login", PersonRow.class)
                .getResultStream()
                .map(PersonRow::person)
                .toList());
    }

    public Optional<Person> byId(UUID id) {
        return store.read(em -> Optional.ofNullable(em.find(PersonRow.class, id.toString())))
                .map(PersonRow::person);
    }

    /** By login, whatever its letters' case. */
    public Optional<Known> byLogin(String login) {
        return store.read(em -> rows(em, login.toLowerCase(Locale.ROOT)).stream()
                .findFirst()
                .map(row -> new Known(row.person(), row.passwordHash())));
    }

    /** Whether nobody has the role. */
    public boolean noneWith(Role role) {
        return all().stream().noneMatch(p -> p.roles().contains(role));
    }

    /** Adds a person. @return whether the login was free */
    public boolean add(Person person, String passwordHash, long nowMs) {
        return store.change(em -> {
            boolean free = rows(em, person.login()).isEmpty();
            if (free) {
                em.persist(new PersonRow(person, passwordHash, nowMs));
            }
            return free;
        });
    }

    /** Sets the password and ends the person's sessions. */
    public void setPassword(UUID person, String passwordHash) {
        changeOf(person, row -> row.setPasswordHash(passwordHash), true);
    }

    /** Only the hash changes, to one of the same password. */
    public void rehash(UUID person, String passwordHash) {
        changeOf(person, row -> row.setPasswordHash(passwordHash), false);
    }

    /** @return false when nobody who can log in would be left as admin */
    public boolean setRoles(UUID person, Set<Role> roles) {
        if (!roles.contains(Role.ADMIN) && isLastAdmin(person)) {
            return false;
        }
        changeOf(person, row -> row.setRoles(roles), false);
        return true;
    }

    /** Lets the person in or not; their sessions end. @return false for the last admin who can log in */
    public boolean setDisabled(UUID person, boolean disabled) {
        if (disabled && isLastAdmin(person)) {
            return false;
        }
        changeOf(person, row -> row.setDisabled(disabled), disabled);
        return true;
    }

    private boolean isLastAdmin(UUID person) {
        List<Person> admins = all().stream()
                .filter(p -> p.roles().contains(Role.ADMIN) && !p.disabled())
                .toList();
        return admins.size() == 1 && admins.get(0).id().equals(person);
    }

    private void changeOf(UUID person, Consumer<PersonRow> change, boolean endSessions) {
        store.change(em -> {
            PersonRow row = em.find(PersonRow.class, person.toString());
            if (row == null) {
                throw new IllegalStateException("person " + person + " is gone");
            }
            change.accept(row);
            if (endSessions) {
                Sessions.deleteOf(em, person);
            }
            return row;
        });
    }

    private static List<PersonRow> rows(EntityManager em, String login) {
        return em.createQuery("select p from PersonRow p where p.login = :login", PersonRow.class)
                .setParameter("login", login)
                .getResultList();
    }
}
