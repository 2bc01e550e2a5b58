package org.hmsach.ops.internal.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hmsach.ops.internal.desired.DesiredEntry;
import org.hmsach.ops.internal.desired.DesiredEntry.Origin;
import org.hmsach.ops.internal.swap.Version;
import org.junit.jupiter.api.Test;

class ModuleListTest {
    private static final Version ONE = new Version("1.0.0", "d1");

    private static DesiredEntry wanted(Origin origin, String digest) {
        return new DesiredEntry("a", "1.0.0", digest, 60, origin, "", "");
    }

    @Test
    void namesWhatIsWantedAndDoesNotRun() {
        DesiredEntry wanted = wanted(Origin.OPERATOR, "d1");
        assertEquals("", ModuleList.drift(ONE, true, wanted));
        for (Version installed : new Version[] {ONE, Version.NONE}) {
            String drift = ModuleList.drift(installed, false, wanted);
            assertTrue(drift.startsWith("wanted and not running"), drift);
        }
        assertEquals("", ModuleList.drift(Version.NONE, false, wanted(Origin.REMOVED, "d1")));
    }

    @Test
    void namesWhatTheNextStartChanges() {
        assertTrue(ModuleList.drift(ONE, true, null).contains("is gone after the next start"));
        assertTrue(ModuleList.drift(ONE, true, wanted(Origin.REMOVED, "d1")).contains("though it was removed"));
        assertTrue(ModuleList.drift(ONE, true, wanted(Origin.FEATURE, "d2")).contains("desired is 1.0.0 d2"));
    }
}
