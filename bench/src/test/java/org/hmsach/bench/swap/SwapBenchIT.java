package org.hmsach.bench.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of {@code bench/swap}: what is promised, not how long it takes. */
@Timeout(900)
class SwapBenchIT {
    @Test
    void noOrderIsLostDoubledOrUncheckedHoweverAModuleIsReplaced() throws Exception {
        Path home = Path.of("..", "distribution", "target", "hms-ach")
                .toAbsolutePath()
                .normalize();
        assertEquals(List.of(), SwapBench.inBuild(home).broken());
    }
}
