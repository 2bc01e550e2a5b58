package org.hmsach.core.internal.entry;

/**
 * The deterministic machine as the log sees it. All calls come from one thread, the machine thread, one after the
 * other.
 *
 * @param <A> the answer to one entry, handed to whoever waits for it in this process; must be immutable
 */
public interface StateMachine<A> {

    /**
     * Applies one committed entry.
     *
     * <p>Whatever a module or a client can send wrongly, undecodable bytes included, is a refusal in the answer. An
     * exception means a broken invariant: the log then drops this entry's events, stops handing entries over, and keeps
     * running queries. Must read no clock, random, service or file.
     *
     * @param entry the entry; its buffer is valid only during the call
     * @param out takes the encoded events of this entry in order; they reach the tape together when the call returns
     */
    A apply(Entry entry, EventSink out);

    /** Writes the whole state as records, in an order that depends on nothing but the state. */
    void takeSnapshot(SnapshotSink sink);

    /** Replaces the state, which is empty at this point, by the records in the order they were written. */
    void loadSnapshot(SnapshotSource source);

    /** A hash of the whole state: two machines that applied the same entries give the same value. */
    long stateHash();
}
