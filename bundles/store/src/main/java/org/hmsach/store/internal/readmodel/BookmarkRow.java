package org.hmsach.store.internal.readmodel;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far the read models are, and who may write them. */
@Entity
@Table(name = "rm_bookmark")
public class BookmarkRow {
    static final int THE_ONE = 1;

    @Id
    private int id;

    private long applied;
    private long fence;

    @Column(name = "model_version")
    private int modelVersion;

    @Column(name = "check_number")
    private long checkNumber;

    @Column(name = "check_entry")
    private long checkEntry;

    @Column(name = "check_ms")
    private long checkMs;

    protected BookmarkRow() {}

    final Bookmark bookmark() {
        return new Bookmark(applied, fence, modelVersion, new Bookmark.Check(checkNumber, checkEntry, checkMs));
    }
}
