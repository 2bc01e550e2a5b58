package org.hmsach.core.internal.sim;

import java.util.function.BiConsumer;
import org.hmsach.core.internal.entry.Entry;
import org.hmsach.core.internal.entry.EventSink;
import org.hmsach.core.internal.entry.SnapshotSink;
import org.hmsach.core.internal.entry.SnapshotSource;
import org.hmsach.core.internal.entry.StateMachine;
import org.hmsach.core.internal.machine.Answer;

/** A machine that somebody looks at after each entry. */
record Watched(StateMachine<Answer> machine, BiConsumer<Entry, Answer> after) implements StateMachine<Answer> {
    @Override
    public Answer apply(Entry entry, EventSink out) {
        Answer answer = machine.apply(entry, out);
        after.accept(entry, answer);
        return answer;
    }

    @Override
    public void takeSnapshot(SnapshotSink sink) {
        machine.takeSnapshot(sink);
    }

    @Override
    public void loadSnapshot(SnapshotSource source) {
        machine.loadSnapshot(source);
    }

    @Override
    public long stateHash() {
        return machine.stateHash();
    }
}
