package org.hmsach.core.internal.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hmsach.api.refusal.Refused;
import org.hmsach.api.rule.Verdict;

/** Collects verdicts; the first that does not allow is the refusal. */
final class VerdictList {
    private final List<Verdict> verdicts = new ArrayList<>(20);
    private final boolean withInputs;
    private Optional<Refused> refusal = Optional.empty();

    /** {@code withInputs}: also verdicts that allow say what they looked at. */
    VerdictList(boolean withInputs) {
        this.withInputs = withInputs;
    }

    void add(Verdict verdict) {
        verdicts.add(verdict);
        if (!verdict.allowed() && refusal.isEmpty()) {
            refusal = Optional.of(new Refused(
                    verdict.reason(),
                    verdict.rule(),
                    verdict.detail(),
                    Optional.ofNullable(verdict.inputs().get("value")),
                    Optional.ofNullable(verdict.inputs().get("limit"))));
        }
    }

    /** Texts are made only when somebody will read them. */
    void judge(MachineRule rule, boolean allows, Supplier<String> value, Supplier<String> limit) {
        add(allows && !withInputs ? rule.allowed() : rule.verdict(allows, value.get(), limit.get()));
    }

    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    Optional<Refused> refusal() {
        return refusal;
    }
}
