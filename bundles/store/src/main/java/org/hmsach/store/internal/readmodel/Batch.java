package org.hmsach.store.internal.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hmsach.api.tape.Events;
import org.hmsach.api.tape.TapeEvent;
import org.hmsach.api.tape.TapeListener;

/** Gathers the events that the read models are made of. */
final class Batch implements TapeListener {
    private final List<TapeEvent> events = new ArrayList<>();

    List<TapeEvent> events() {
        return List.copyOf(events);
    }

    Optional<Bookmark.Check> latest() {
        return events.isEmpty()
                ? Optional.empty()
                : Optional.of(Bookmark.Check.of(events.get(events.size() - 1).header()));
    }

    @Override
    public void onOrder(Events.OrderEvent event) {
        events.add(event);
    }

    @Override
    public void onAccount(Events.AccountOpened event) {
        events.add(event);
    }

    @Override
    public void onPosting(Events.Posted event) {
        events.add(event);
    }

    @Override
    public void onMark(Events.Marked event) {
        events.add(event);
    }
}
