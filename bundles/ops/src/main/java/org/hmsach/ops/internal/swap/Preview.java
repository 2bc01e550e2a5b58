package org.hmsach.ops.internal.swap;

import java.util.List;

/**
 * What a jar would change, before anything moves.
 *
 * @param module        symbolic name
 * @param from          version that serves now
 * @param to            version of the jar
 * @param way           {@code beside} (no gap), {@code install} (nothing of that name is here), {@code remove} or
 *                      {@code restart}
 * @param resolves      whether all that the jar imports and requires is here
 * @param missing       each import or requirement that nobody fulfils; of our contracts also the version that is here
 * @param servicesGone  service types that the running version declares and the jar does not
 * @param servicesCome  the other way round
 * @param rulesGone     required rules that the running version answers and the jar does not declare any more
 * @param refreshed     bundles that would be restarted with the one that goes
 * @param state         forms of the state that they keep outside the core, and how far the newer one goes back
 * @param migrations    SQL scripts of the jar that would run, before callers move
 * @param refusal       why it would be refused; empty when it would be done
 */
public record Preview(
        String module,
        Version from,
        Version to,
        String way,
        boolean resolves,
        List<String> missing,
        List<String> servicesGone,
        List<String> servicesCome,
        List<String> rulesGone,
        List<String> refreshed,
        State state,
        List<String> migrations,
        String refusal) {
    /** The same refused for another reason. */
    Preview refusedFor(String why) {
        return new Preview(
                module,
                from,
                to,
                way,
                resolves,
                missing,
                servicesGone,
                servicesCome,
                rulesGone,
                refreshed,
                state,
                migrations,
                why);
    }

    /**
     * Forms of the state, 0 where none is declared.
     *
     * @param from        of the version that serves
     * @param to          of the jar
     * @param upgradeFrom oldest form that the one with the newer form takes over
     * @param downgradeTo oldest form that it gives back to
     */
    public record State(long from, long to, long upgradeFrom, long downgradeTo) {
        /** Neither keeps one, or nobody looked. */
        static final State NONE = new State(0, 0, 0, 0);
    }
}
