package org.hmsach.ops.internal.swap;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hmsach.ops.internal.state.StateMove;
import org.hmsach.ops.internal.state.StateTrouble;
import org.hmsach.ops.internal.state.States;
import org.osgi.framework.Bundle;

/** What an operation does about state outside the core; nothing where none is declared. One thread. */
final class StateSteps {
    private final States states;
    private final Operation operation;
    private final Optional<Bundle> leaving;
    private final boolean isBack;
    private Optional<StateMove> move = Optional.empty();
    private long nanos;

    private StateSteps(States states, Operation operation, Optional<Bundle> leaving, boolean isBack) {
        this.states = states;
        this.operation = operation;
        this.leaving = leaving;
        this.isBack = isBack;
    }

    /** Towards a new version. */
    static StateSteps there(SwapTools tools, Operation operation, Optional<Bundle> old) {
        return new StateSteps(tools.states(), operation, old, false);
    }

    /** From the new version to the one that served before: its SQL scripts have run, its form was there. */
    static StateSteps back(SwapTools tools, Operation operation, Bundle fresh) {
        return new StateSteps(tools.states(), operation, Optional.of(fresh), true);
    }

    /** Runs the SQL scripts of what is to stand beside. */
    static void migrate(States states, Bundle bundle) throws Refused, InterruptedException {
        try {
            if (!states.pending(bundle).isEmpty()) {
                states.migrate(bundle);
            }
        } catch (StateTrouble e) {
            throw refused(bundle, e);
        }
    }

    /** Before the version that comes is started: its SQL scripts, and an older form, which it reads when it starts. */
    void beforeStart(Bundle coming) throws Refused, InterruptedException {
        try {
            if (!isBack) {
                scripts(coming);
            }
            move = Optional.of(states.move(leaving, coming));
            if (move.get().isDown()) {
                prepare(move.get());
            }
        } catch (StateTrouble e) {
            throw refused(coming, e);
        }
    }

    /** Before callers move, when the version that comes is ready. */
    void beforeSwitch(Bundle coming) throws Refused, InterruptedException {
        try {
            if (move.isPresent() && !move.get().isDown()) {
                prepare(move.get());
            }
        } catch (StateTrouble e) {
            throw refused(coming, e);
        }
    }

    /** When the last call of the version that is left has ended. */
    void afterLastCall() throws Refused, InterruptedException {
        try {
            if (move.isPresent()) {
                move.get().finish();
            }
        } catch (StateTrouble e) {
            throw new Refused(e.getMessage(), e);
        }
    }

    /** Callers do not move. */
    void discard() throws Refused, InterruptedException {
        try {
            if (move.isPresent()) {
                move.get().discard();
            }
        } catch (StateTrouble e) {
            throw new Refused(e.getMessage(), e);
        }
    }

    /** One of the steps. */
    interface Step {
        void run() throws Refused, InterruptedException;
    }

    /** Does a step that holds nothing up. @return why it failed, after the words that lead to it; else empty */
    static String tried(String words, Step step) throws InterruptedException {
        try {
            step.run();
            return "";
        } catch (Refused e) {
            return words + e.getMessage();
        }
    }

    private void scripts(Bundle coming) throws StateTrouble, InterruptedException {
        List<String> pending = states.pending(coming);
        if (!pending.isEmpty()) {
            enter("SQL scripts " + pending + " of unit "
                    + states.declared(coming).sqlUnit() + " are run");
            long began = System.nanoTime();
            states.migrate(coming);
            took(began);
        }
    }

    private void prepare(StateMove one) throws StateTrouble, InterruptedException {
        if (one.isNeeded() && (one.isChange() || !isBack)) {
            enter("state goes from form " + one.from().form() + " to form "
                    + one.to().form());
            long began = System.nanoTime();
            one.prepare();
            took(began);
        }
    }

    private void enter(String what) {
        operation.enter(Phase.TRANSFORM, what + (isBack ? "" : "; the version before is used meanwhile"));
    }

    private void took(long began) {
        nanos += System.nanoTime() - began;
        operation.measure(isBack ? "transformBackMillis" : "transformMillis", TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private static Refused refused(Bundle coming, StateTrouble why) {
        return new Refused(coming.getSymbolicName() + " " + coming.getVersion() + ": " + why.getMessage(), why);
    }
}
