package org.hmsach.gateway.internal.board;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Generations that wait for their turn: nobody has entered them, so they end at once. One thread changes them. */
final class Standbys implements AutoCloseable {
    private record Place(String base, long bundle) {}

    private final Map<Place, Generation> waiting = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** In place of what waited there. */
    void put(String base, Resource.Offering bundle, Generation generation) {
        Optional.ofNullable(waiting.put(new Place(base, bundle.id()), generation))
                .ifPresent(Generation::retire);
        if (closed) { // just now: it may have come too late
            drop(base, bundle);
        }
    }

    /** The one of exactly these resources, which waits no more. */
    Optional<Generation> take(String base, List<Resource> resources) {
        return waiting.entrySet().stream()
                .filter(one -> one.getKey().base().equals(base))
                .filter(one -> one.getValue().resources().equals(resources))
                .findFirst()
                .filter(one -> waiting.remove(one.getKey(), one.getValue()))
                .map(Map.Entry::getValue);
    }

    /** Ends what waits for the bundle's turn. */
    void drop(String base, Resource.Offering bundle) {
        Optional.ofNullable(waiting.remove(new Place(base, bundle.id()))).ifPresent(Generation::retire);
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(waiting.keySet())
                .forEach(place -> Optional.ofNullable(waiting.remove(place)).ifPresent(Generation::retire));
    }
}
