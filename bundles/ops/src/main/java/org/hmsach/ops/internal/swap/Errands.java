package org.hmsach.ops.internal.swap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hmsach.api.refusal.UnavailableException;

/**
 * What this version of ops has under way and could not hand to another version: it is not replaced meanwhile. While it
 * is being replaced nothing new begins. Thread-safe.
 */
public final class Errands {
    private static final int AGAIN_SECONDS = 5;

    private final Supplier<Optional<String>> elsewhere;
    private final Map<Errand, String> underWay = new LinkedHashMap<>();
    private Optional<String> replacement = Optional.empty();

    /** One of them. */
    public interface Errand extends AutoCloseable {
        /** It has ended; a second time does nothing. */
        @Override
        void close();
    }

    /** @param elsewhere the operation by which another version replaces this one with itself; empty when none does */
    public Errands(Supplier<Optional<String>> elsewhere) {
        this.elsewhere = elsewhere;
    }

    /**
     * Something begins.
     *
     * @param what for people, such as {@code backup nightly}
     * @throws UnavailableException while ops is being replaced
     */
    public Errand begin(String what) {
        elsewhere.get().ifPresent(Errands::refuse);
        synchronized (this) {
            replacement.ifPresent(Errands::refuse);
            Errand errand = new Errand() {
                @Override
                public void close() {
                    end(this);
                }
            };
            underWay.put(errand, what);
            return errand;
        }
    }

    private synchronized void end(Errand errand) {
        underWay.remove(errand);
    }

    /** Lets nothing begin any more. @return what is under way: when there is something, nothing has changed */
    synchronized List<String> close(String operation) {
        if (underWay.isEmpty()) {
            replacement = Optional.of(operation);
        }
        return List.copyOf(underWay.values());
    }

    synchronized void reopen() {
        replacement = Optional.empty();
    }

    private static void refuse(String operation) {
        throw UnavailableException.core(
                "MODULE_SWAPPING",
                "MODULE_SWAPPING: ops is being replaced by operation " + operation + "; ask again when it has ended",
                AGAIN_SECONDS);
    }
}
