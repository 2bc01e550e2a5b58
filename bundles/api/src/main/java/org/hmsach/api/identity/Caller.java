package org.hmsach.api.identity;

import java.security.Principal;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who is calling, once authenticated. In HTTP resources it is the {@code SecurityContext}'s user principal.
 *
 * @param id       the person's id, as used in grants
 * @param login    login name
 * @param roles    their roles
 * @param account  the account an API key is bound to; of a session the chosen or only account
 * @param keyId    the API key used; empty for a session
 */
public record Caller(UUID id, String login, Set<Role> roles, Optional<UUID> account, Optional<String> keyId)
        implements Principal {
    public Caller {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(login, "login");
        roles = Set.copyOf(roles);
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(keyId, "keyId");
    }

    @Override
    public String getName() {
        return login;
    }

    /** Whether the caller has the role. */
    public boolean has(Role role) {
        return roles.contains(role);
    }
}
