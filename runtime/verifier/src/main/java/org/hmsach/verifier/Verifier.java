package org.hmsach.verifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the lines of an export and collects what does not hold. */
final class Verifier {
    private static final int MOST = 100;
    private final List<String> problems = new ArrayList<>();
    private final Chain chain = new Chain();
    private final Rules rules = new Rules(this::problem);
    private String where = "";
    private long last;
    private long lastEntry;
    private long lastTimeMs;
    private boolean broken;

    void read(String file, BufferedReader lines) throws IOException {
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            where = file + " line " + number;
            try {
                take(Event.parse(line));
            } catch (IllegalArgumentException | ClassCastException | ArithmeticException e) {
                problem(e.getMessage());
            }
        }
    }

    private void take(Event event) {
        where += " event " + event.number();
        if (event.number() != last + 1) {
            problem("follows event " + last);
        }
        last = event.number();
        if (event.entry() < lastEntry || event.timeMs() < lastTimeMs) {
            problem("entry or time moves back");
        }
        lastEntry = event.entry();
        lastTimeMs = event.timeMs();
        if (!chain.next(event).equals(event.chain()) && !broken) {
            broken = true; // all later hashes differ too
            problem("the chain hash is wrong from here on");
        }
        rules.take(event);
    }

    private void problem(String what) {
        if (problems.size() < MOST) {
            problems.add(where + ": " + what);
        }
    }

    /** What does not hold; at most {@value #MOST}. */
    List<String> finish() {
        where = "the tape";
        rules.sums().forEach((asset, sum) -> {
            if (sum != 0) {
                problem("all legs are " + sum + " off in " + asset);
            }
        });
        return problems;
    }

    String summary() {
        return "events " + last + ", entry " + lastEntry + ", accepted orders " + rules.orders() + ", assets "
                + rules.sums().size() + ", chain " + chain.hex();
    }
}
