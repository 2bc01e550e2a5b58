package org.hmsach.gateway.internal.guard;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.hmsach.api.identity.Caller;

/** The caller as JAX-RS shows it to resources. */
record CallerContext(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.roles().stream().anyMatch(r -> r.lowerName().equals(role));
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return caller.keyId().isPresent() ? "api-key" : "session";
    }
}
