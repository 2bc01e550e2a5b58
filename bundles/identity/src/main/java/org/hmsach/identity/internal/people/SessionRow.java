package org.hmsach.identity.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A session as kept in SQL, under the hash of its token. */
@Entity
@Table(name = "identity_session")
public class SessionRow {
    @Id
    private String id;

    private String person;

    @Column(name = "created_ms")
    private long createdMs;

    @Column(name = "used_ms")
    private long usedMs;

    @Column(name = "expires_ms")
    private long expiresMs;

    protected SessionRow() {}

    SessionRow(String tokenHash, String person, long nowMs, long expiresMs) {
        this.id = tokenHash;
        this.person = person;
        this.createdMs = nowMs;
        this.usedMs = nowMs;
        this.expiresMs = expiresMs;
    }

    final String person() {
        return person;
    }

    final long usedMs() {
        return usedMs;
    }

    final long expiresMs() {
        return expiresMs;
    }

    final void use(long nowMs) {
        usedMs = nowMs;
    }
}
