package org.hmsach.core.internal.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hmsach.api.refusal.Reason;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.ReferencePrice;
import org.hmsach.api.rule.Verdict;
import org.hmsach.core.internal.sbe.ReferencePartDecoder;
import org.hmsach.core.internal.sbe.ReferencePartEncoder;
import org.hmsach.core.internal.sbe.RefusalPartDecoder;
import org.hmsach.core.internal.sbe.RefusalPartEncoder;
import org.hmsach.core.internal.sbe.VerdictsPartDecoder;
import org.hmsach.core.internal.sbe.VerdictsPartEncoder;
import org.hmsach.core.internal.sbe.WireReason;

/** Verdicts, refusals and reference prices, wherever they appear. */
final class RuleParts {
    private RuleParts() {}

    static void writeVerdicts(Out out, List<Verdict> verdicts) {
        VerdictsPartEncoder e = out.begin(new VerdictsPartEncoder());
        VerdictsPartEncoder.VerdictsEncoder group = e.verdictsCount(verdicts.size());
        WrittenVerdicts written = out.verdicts();
        for (int i = 0; i < verdicts.size(); i++) {
            Verdict v = verdicts.get(i);
            if (!written.copy(v, e)) {
                int from = e.limit();
                write(group.next(), v);
                written.put(v, e, from);
            }
        }
        out.end(e);
    }

    private static void write(VerdictsPartEncoder.VerdictsEncoder group, Verdict v) {
        group.allowed(Words.flag(v.allowed())).reason(reason(v.reason()));
        VerdictsPartEncoder.VerdictsEncoder.InputsEncoder inputs =
                group.inputsCount(v.inputs().size());
        v.inputs().forEach((name, value) -> inputs.next().name(name).value(value));
        group.rule(v.rule()).policyVersion(v.policyVersion()).detail(v.detail());
    }

    static List<Verdict> readVerdicts(In in) throws MalformedFrameException {
        VerdictsPartDecoder d = in.begin(new VerdictsPartDecoder());
        List<Verdict> verdicts = new ArrayList<>();
        VerdictsPartDecoder.VerdictsDecoder group = d.verdicts();
        boolean usual = group.actingBlockLength() == VerdictsPartDecoder.VerdictsDecoder.sbeBlockLength();
        int count = group.count();
        for (int i = 0; i < count; i++) {
            int from = d.limit();
            int end = usual ? KnownVerdicts.end(in.view(), from) : -1;
            Verdict known = end < 0 ? null : in.verdicts().find(in.view(), from, end);
            if (known == null) {
                known = read(group.next());
                if (end == d.limit()) {
                    in.verdicts().put(in.view(), from, end, known);
                }
            } else {
                d.limit(end);
            }
            verdicts.add(known);
        }
        in.end(d);
        return verdicts;
    }

    private static Verdict read(VerdictsPartDecoder.VerdictsDecoder v) throws MalformedFrameException {
        boolean allowed = Words.flag(v.allowed());
        Reason reason = reason(v.reason());
        Map<String, String> inputs = readInputs(v);
        return new Verdict(v.rule(), allowed, reason, v.policyVersion(), v.detail(), inputs);
    }

    /** Verdicts that are read when somebody looks at them: most readers of the tape do not. */
    static List<Verdict> verdictsToRead(In in) throws MalformedFrameException {
        int from = in.at();
        VerdictsPartDecoder d = in.begin(new VerdictsPartDecoder());
        d.sbeSkip();
        in.end(d);
        return new LaterVerdicts(in.bytesSince(from));
    }

    private static Map<String, String> readInputs(VerdictsPartDecoder.VerdictsDecoder v) {
        VerdictsPartDecoder.VerdictsDecoder.InputsDecoder group = v.inputs();
        if (group.count() == 0) {
            return Map.of();
        }
        Map<String, String> inputs = new TreeMap<>();
        for (VerdictsPartDecoder.VerdictsDecoder.InputsDecoder i : group) {
            inputs.put(i.name(), i.value());
        }
        return inputs;
    }

    static void writeRefusal(Out out, Refused r) {
        RefusalPartEncoder e = out.begin(new RefusalPartEncoder());
        e.reason(reason(r.reason()))
                .hasValue(Words.flag(r.value().isPresent()))
                .hasLimit(Words.flag(r.limit().isPresent()))
                .rule(r.rule())
                .detail(r.detail())
                .offending(r.value().orElse(""))
                .limitText(r.limit().orElse(""));
        out.end(e);
    }

    static Refused readRefusal(In in) throws MalformedFrameException {
        RefusalPartDecoder d = in.begin(new RefusalPartDecoder());
        boolean hasValue = Words.flag(d.hasValue());
        boolean hasLimit = Words.flag(d.hasLimit());
        Reason reason = reason(d.reason());
        String rule = d.rule();
        String detail = d.detail();
        String value = d.offending();
        String limit = d.limitText();
        in.end(d);
        return new Refused(
                reason,
                rule,
                detail,
                hasValue ? Optional.of(value) : Optional.empty(),
                hasLimit ? Optional.of(limit) : Optional.empty());
    }

    static void writeReference(Out out, ReferencePrice r) {
        ReferencePartEncoder e = out.begin(new ReferencePartEncoder());
        e.priceE8(r.priceE8()).feedTimeMs(r.feedTimeMs()).source(r.source());
        out.end(e);
    }

    static ReferencePrice readReference(In in) throws MalformedFrameException {
        ReferencePartDecoder d = in.begin(new ReferencePartDecoder());
        ReferencePrice reference = new ReferencePrice(d.priceE8(), in.known(d), d.feedTimeMs());
        in.end(d);
        return reference;
    }

    private static WireReason reason(Reason reason) {
        return Twins.REASONS.wire(reason);
    }

    private static Reason reason(WireReason reason) {
        return Twins.REASONS.own(reason);
    }
}
