package org.hmsach.ops.internal.state;

import java.util.Optional;
import org.hmsach.api.module.StateForm;
import org.osgi.framework.Bundle;

/**
 * The way of a module's state from the version that is left to the one that comes. The one with the newer form is
 * asked: it knows the older one. One thread.
 */
public final class StateMove {
    /**
     * One of the two versions.
     *
     * @param bundle empty when none runs
     * @param form   what it declares
     */
    record Side(Optional<Bundle> bundle, StateForm form) {}

    private final States states;
    private final Side leaving;
    private final Side coming;
    private boolean begun;
    private boolean prepared;

    StateMove(States states, Side leaving, Side coming) {
        this.states = states;
        this.leaving = leaving;
        this.coming = coming;
    }

    /** What is left. */
    public StateForm from() {
        return leaving.form();
    }

    /** What comes. */
    public StateForm to() {
        return coming.form();
    }

    /** Whether an older form comes: it is made before its owner starts. A newer one is made by its owner when ready. */
    public boolean isDown() {
        return to().form() < from().form();
    }

    /** Whether the two forms differ. */
    public boolean isChange() {
        return to().form() != from().form();
    }

    /** Whether there is something to do; where the SQL scripts do it all, nothing is left. */
    public boolean isNeeded() {
        boolean offered = knowing().bundle().map(states::hasTransform).orElse(false);
        return offered || (isChange() && knowing().form().sqlUnit().isEmpty());
    }

    /** Makes the state ready for the version that comes, while the other one is called. */
    public void prepare() throws StateTrouble, InterruptedException {
        begun = true;
        long from = from().form();
        long to = to().form();
        if (isDown()) {
            states.ask(asked(), "downgrade from form " + from + " to " + to, one -> one.downgrade(to));
        } else {
            states.ask(asked(), "upgrade from form " + from + " to " + to, one -> one.upgrade(from));
        }
        prepared = true;
    }

    /** Brings over what was written since, once the last call of the version that was left has ended. */
    public void finish() throws StateTrouble, InterruptedException {
        if (!prepared) {
            return;
        }
        if (isDown()) {
            states.ask(asked(), "end of the downgrade", one -> one.finishDowngrade(to().form()));
        } else {
            states.ask(asked(), "end of the upgrade", one -> one.finishUpgrade(from().form()));
        }
    }

    /** Callers do not move after all. */
    public void discard() throws StateTrouble, InterruptedException {
        if (begun && !isDown()) {
            states.ask(asked(), "discard of the upgrade", one -> one.discardUpgrade(from().form()));
        }
    }

    private Side knowing() {
        return isDown() ? leaving : coming;
    }

    private Bundle asked() {
        return knowing().bundle().orElseThrow(() -> new IllegalStateException("nobody knows both forms"));
    }
}
