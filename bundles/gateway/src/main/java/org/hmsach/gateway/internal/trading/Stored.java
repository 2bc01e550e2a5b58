package org.hmsach.gateway.internal.trading;

import jakarta.ws.rs.core.Response;
import org.hmsach.api.history.History;

/**
 * Read models, and how far they are: what is read from them next holds at least that much.
 *
 * @param history the read models
 * @param applied number of the last event that they hold
 * @param wanted  number of the last event on the tape when the request came
 */
public record Stored(History history, long applied, long wanted) {
    /** Header with the number of the last event of the tape that an answer holds. */
    public static final String TAPE = "HMS-Tape";
    /** Header with the number of events that an answer lacks; absent when it lacks none. */
    public static final String BEHIND = "HMS-Tape-Behind";

    /** Whether everything is there that was acknowledged before the request came. */
    public boolean isUpToDate() {
        return applied >= wanted;
    }

    /** The answer, saying how far it is. */
    public Response answer(Object entity) {
        Response.ResponseBuilder answer = Response.ok(entity).header(TAPE, applied);
        return isUpToDate()
                ? answer.build()
                : answer.header(BEHIND, wanted - applied).build();
    }
}
