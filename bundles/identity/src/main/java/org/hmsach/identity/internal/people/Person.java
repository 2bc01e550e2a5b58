package org.hmsach.identity.internal.people;

import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.hmsach.api.identity.Role;

/** A person who may log in. */
public record Person(UUID id, String login, String name, Set<Role> roles, boolean disabled) {
    /** The shape of a login name. */
    public static final String LOGIN_PATTERN = "[a-z0-9][a-z0-9._@+-]{0,63}";

    public Person {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        if (!login.matches(LOGIN_PATTERN)) {
            throw new IllegalArgumentException("login '" + login + "' does not match " + LOGIN_PATTERN);
        }
        roles = Set.copyOf(roles);
    }
}
