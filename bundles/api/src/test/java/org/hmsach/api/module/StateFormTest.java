package org.hmsach.api.module;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StateFormTest {
    @Test
    void readsWhatIsDeclared() {
        StateForm full = StateForm.of(Map.of("form", 5L, "upgradeFrom", 3L, "downgradeTo", 4L, "sqlUnit", "identity"));
        assertEquals(new StateForm(5, 3, 4, "identity"), full);
        assertEquals(new StateForm(5, 5, 5, ""), StateForm.of(Map.of("form", 5L)));
    }

    @Test
    void saysWhoMayFollowWhom() {
        StateForm five = new StateForm(5, 3, 4, "");
        assertFalse(five.takesOver(2));
        assertTrue(five.takesOver(3));
        assertTrue(five.takesOver(5));
        assertFalse(five.takesOver(6));
        assertTrue(five.takesOver(0), "there is nothing to take over");
        assertFalse(five.givesBack(0));
        assertFalse(five.givesBack(3));
        assertTrue(five.givesBack(4));
        assertTrue(new StateForm(5, 3, 0, "").givesBack(0));
        assertTrue(StateForm.NONE.givesBack(0) && StateForm.NONE.takesOver(0));
        assertFalse(StateForm.NONE.takesOver(1));
    }

    @Test
    void namesWhatIsWrong() {
        refused(Map.of("upgradeFrom", 1L), "has no form");
        refused(Map.of("form", "2"), "form is '2' of type String, it must be a Long");
        refused(Map.of("form", 0L), "form is 0, it must be 1 to 1000000");
        refused(Map.of("form", 1_000_001L), "form is 1000001, it must be 1 to 1000000");
        refused(Map.of("form", 2L, "upgradeFrom", 0L), "upgradeFrom is 0, it must be 1 to 2");
        refused(Map.of("form", 2L, "downgradeTo", 3L), "downgradeTo is 3, it must be 0 to 2");
        refused(Map.of("form", 2L, "sqlUnit", "Not me"), "sqlUnit is 'Not me', it must match [a-z]{1,16}");
        refused(Map.of("form", 2L, "upgradefrom", 1L), "has the attribute 'upgradefrom', it takes form, upgradeFrom");
    }

    private static void refused(Map<String, Object> attributes, String part) {
        String said = assertThrows(IllegalArgumentException.class, () -> StateForm.of(attributes))
                .getMessage();
        assertTrue(said.contains(part), said);
    }
}
