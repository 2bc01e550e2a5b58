package org.hmsach.core.internal.codec;

import java.util.Optional;
import java.util.UUID;
import org.hmsach.api.command.Origin;
import org.hmsach.core.internal.sbe.EnvelopeDecoder;
import org.hmsach.core.internal.sbe.EnvelopeEncoder;

/** The first message of every command and event. */
final class Envelopes {
    record Envelope(Origin origin, long businessDay) {}

    private Envelopes() {}

    static void write(Out out, Origin origin, long businessDay) {
        EnvelopeEncoder e = out.begin(new EnvelopeEncoder());
        Words.put(e.principal(), origin.principal());
        e.hasKey(Words.flag(origin.idempotencyKey().isPresent()))
                .businessDay(businessDay)
                .module(origin.module())
                .requestId(origin.requestId())
                .key(origin.idempotencyKey().orElse(""));
        out.end(e);
    }

    static Envelope read(In in) throws MalformedFrameException {
        EnvelopeDecoder d = in.begin(new EnvelopeDecoder());
        UUID principal = Words.uuid(d.principal());
        String module = in.known(d);
        String requestId = d.requestId();
        String key = d.key();
        in.end(d);
        Optional<String> idempotencyKey = Words.flag(d.hasKey()) ? Optional.of(key) : Optional.empty();
        return new Envelope(new Origin(principal, module, requestId, idempotencyKey), d.businessDay());
    }
}
