package org.hmsach.bench.faults.core;

import java.util.Arrays;

/** Where a core stands, as it says it. */
record CoreStatus(long entry, long tapeNumber, String stateHash, String chainHash, boolean takesCommands, String why) {
    static CoreStatus parse(String[] words) {
        return new CoreStatus(
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                words[3],
                words[4],
                Boolean.parseBoolean(words[5]),
                String.join(" ", Arrays.copyOfRange(words, 6, words.length)));
    }
}
