package org.hmsach.bench.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    @Test
    void takesWhatIsNamed() {
        Plan plan = Plan.of(
                List.of("--short --rate 100 --only org.hmsach.ops org.hmsach.web --swaps 7 --ways drop".split(" ")));
        assertTrue(plan.isShort());
        assertEquals(100, plan.rate());
        assertEquals(List.of("org.hmsach.ops", "org.hmsach.web"), plan.only());
        assertEquals(7, plan.swaps());
        assertEquals(Set.of(PlainWay.DROP), plan.ways());
        assertEquals(100, Plan.of(List.of()).swaps(), "a family, in the full form");
    }

    @ParameterizedTest
    @CsvSource({
        "--shrt, --shrt is none of the options",
        "seven, seven is none of the options",
        "--rate x, --rate x is no number from 1 to 10000",
        "--rate 10001, --rate 10001 is no number from 1 to 10000",
        "--swaps 0, --swaps 0 is no number from 1 to 1000",
        "--swaps, '--swaps takes one value, not []'",
        "--short yes, '--short takes no value, not [yes]'",
        "--ways swim, '--ways swim is none of [upload, stop_start, drop]'",
        "--only org.hmsach.opz, --only org.hmsach.opz is none of org.hmsach.gov.checks"
    })
    void refusesTheRestByName(String options, String said) {
        String message = assertThrows(IllegalArgumentException.class, () -> Plan.of(List.of(options.split(" "))))
                .getMessage();
        assertTrue(message.startsWith(said), message);
    }
}
