package org.hmsach.gov.checks.internal.check;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.hmsach.api.rule.Verdict;
import org.osgi.service.component.annotations.Component;

/** Counts what the checks were asked and what they denied since this bundle started. */
@Component(service = Tally.class)
public final class Tally {
    private final Map<String, LongAdder> asked = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> denied = new ConcurrentHashMap<>();

    Verdict count(Verdict verdict) {
        adder(asked, verdict.rule()).increment();
        if (!verdict.allowed()) {
            adder(denied, verdict.rule()).increment();
        }
        return verdict;
    }

    public long asked(String rule) {
        return adder(asked, rule).sum();
    }

    public long denied(String rule) {
        return adder(denied, rule).sum();
    }

    private static LongAdder adder(Map<String, LongAdder> counters, String rule) {
        return counters.computeIfAbsent(rule, name -> new LongAdder());
    }
}
