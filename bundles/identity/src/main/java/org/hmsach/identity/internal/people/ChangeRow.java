package org.hmsach.identity.internal.people;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Counts changes of people and keys. */
@Entity
@Table(name = "identity_change")
public class ChangeRow {
    @Id
    private int id;

    @Column(name = "change_number")
    private long changeNumber;

    protected ChangeRow() {}

    final long changeNumber() {
        return changeNumber;
    }
}
