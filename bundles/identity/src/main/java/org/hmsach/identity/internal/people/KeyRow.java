package org.hmsach.identity.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** An API key as kept in SQL; whether it is revoked, the core knows. */
@Entity
@Table(name = "identity_key")
public class KeyRow {
    @Id
    private String id;

    @Column(name = "secret_hash")
    private String secretHash;

    private String person;
    private String account;
    private String name;

    @Column(name = "created_ms")
    private long createdMs;

    @Column(name = "expires_ms")
    private long expiresMs;

    protected KeyRow() {}

    KeyRow(ApiKey key) {
        this.id = key.id();
        this.secretHash = key.secretHash();
        this.person = key.person().toString();
        this.account = key.account().toString();
        this.name = key.name();
        this.createdMs = key.createdMs();
        this.expiresMs = key.expiresMs();
    }

    final ApiKey key() {
        return new ApiKey(
                id, secretHash, UUID.fromString(person), UUID.fromString(account), name, createdMs, expiresMs);
    }
}
