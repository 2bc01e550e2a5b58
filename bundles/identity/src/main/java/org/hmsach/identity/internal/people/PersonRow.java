package org.hmsach.identity.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hmsach.api.identity.Role;

/** A person as kept in SQL. */
@Entity
@Table(name = "identity_person")
public class PersonRow {
    @Id
    private String id;

    private String login;
    private String name;
    private String roles;

    @Column(name = "password_hash")
    private String passwordHash;

    private boolean disabled;

    @Column(name = "created_ms")
    private long createdMs;

    protected PersonRow() {}

    PersonRow(Person person, String passwordHash, long createdMs) {
        this.id = person.id().toString();
        this.login = person.login();
        this.name = person.name();
        this.roles = text(person.roles());
        this.passwordHash = passwordHash;
        this.disabled = person.disabled();
        this.createdMs = createdMs;
    }

    final Person person() {
        return new Person(UUID.fromString(id), login, name, roles(roles), disabled);
    }

    final String passwordHash() {
        return passwordHash;
    }

    final void setPasswordHash(String hash) {
        passwordHash = hash;
    }

    final void setRoles(Set<Role> set) {
        roles = text(set);
    }

    final void setDisabled(boolean value) {
        disabled = value;
    }

    static Set<Role> roles(String text) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",")).map(Role::valueOf).collect(Collectors.toUnmodifiableSet());
    }

    private static String text(Set<Role> roles) {
        Set<Role> inOrder = EnumSet.noneOf(Role.class);
        inOrder.addAll(roles);
        return inOrder.stream().map(Role::name).collect(Collectors.joining(","));
    }
}
