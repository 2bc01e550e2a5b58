package org.hmsach.core.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GoldenLogTest {

    private static List<Journal.Line> lines(int number) throws IOException {
        return GoldenLog.lines(number, Integer.parseInt(GoldenLog.facts(number).getProperty("entries")));
    }

    @Test
    void everyOldLogGivesTheSameStateAndTape() throws IOException {
        assertTrue(GoldenLog.exists(1), "the first golden log is missing");
        for (int number = 1; GoldenLog.exists(number); number++) {
            Properties facts = GoldenLog.facts(number);
            Journal journal = Journal.replay(lines(number));
            assertEquals(facts.getProperty("events"), Long.toString(journal.events()));
            assertEquals(facts.getProperty("chain"), journal.chainHex(), "tape of golden log " + number);
            assertEquals(facts.getProperty("state"), journal.machine().stateSha256(), "state of golden log " + number);
        }
    }

    @Test
    void aRestartBetweenAnyTwoEntriesChangesNothing() throws IOException {
        Journal journal = new Journal();
        for (Journal.Line line : lines(1)) {
            journal.append(line);
            journal.restart();
        }
        assertEquals(GoldenLog.facts(1).getProperty("state"), journal.machine().stateSha256());
        assertEquals(GoldenLog.facts(1).getProperty("chain"), journal.chainHex());
    }
}
