package org.hmsach.gateway.internal.edge;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.hmsach.api.http.ProblemException;
import org.hmsach.api.refusal.UnavailableException;
import org.hmsach.gateway.internal.board.Board;
import org.hmsach.gateway.internal.board.Generation;
import org.hmsach.gateway.internal.board.ModuleTable;
import org.hmsach.gateway.internal.board.Parking;
import org.hmsach.gateway.internal.problem.Problems;

/** Finds who answers a path; when nobody does: waits for a swap, or says by name who is missing. */
final class Router {
    private static final int RETRY_AFTER_SECONDS = 1;

    /**
     * Who answers, with a lease taken.
     *
     * @param base       the base path
     * @param generation its generation; the caller gives the lease back
     */
    record Route(String base, Generation generation) {}

    private final Board board;
    private final Parking parking;
    private final Duration swapWindow;
    private final Predicate<String> comingBack;

    /**
     * @param swapWindow how long after its loss a base counts as being replaced
     * @param comingBack whether the bundle or module of that name is installed and may come back
     */
    Router(Board board, Parking parking, Duration swapWindow, Predicate<String> comingBack) {
        this.board = board;
        this.parking = parking;
        this.swapWindow = swapWindow;
        this.comingBack = comingBack;
    }

    /** @throws UnavailableException or ProblemException when nobody answers the path */
    Route route(String path) {
        Optional<Route> found = find(path);
        if (found.isPresent()) {
            return found.get();
        }
        Optional<String> swapping = swapping(path);
        if (swapping.isPresent()) {
            return park(path, swapping.get());
        }
        Optional<ModuleTable.Owner> owner = ModuleTable.ownerOf(path);
        if (owner.isPresent()) {
            throw UnavailableException.moduleAbsent(owner.get().module(), path + " cannot be answered");
        }
        throw new ProblemException(Problems.noSuchPath(path));
    }

    private Route park(String path, String module) {
        Optional<Route> found = Optional.empty();
        try {
            found = parking.await(() -> find(path));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found.orElseThrow(() -> UnavailableException.beingReplaced(module, RETRY_AFTER_SECONDS));
    }

    private Optional<Route> find(String path) {
        Optional<String> base = board.baseOf(path);
        // a shorter base must not answer for a deeper one whose owner is away
        int known = Math.max(
                ModuleTable.ownerOf(path).map(o -> o.base().length()).orElse(0),
                board.lossAt(path).map(l -> l.base().length()).orElse(0));
        if (base.isEmpty() || base.get().length() < known) {
            return Optional.empty();
        }
        return board.enter(path).map(generation -> new Route(base.get(), generation));
    }

    private Optional<String> swapping(String path) {
        Optional<Board.Loss> loss = board.lossAt(path);
        if (loss.isPresent()
                && System.nanoTime() - loss.get().atNanos() < swapWindow.toNanos()
                && comingBack.test(loss.get().bundle())) {
            return Optional.of(loss.get().bundle());
        }
        return ModuleTable.ownerOf(path).map(ModuleTable.Owner::module).filter(comingBack);
    }
}
