package org.hmsach.conformance;

import java.util.List;

/** One line of the verdict. @param check what was looked at, e.g. {@code "deadlines"} */
public record Line(String check, boolean passed, String detail) {
    static Line of(String check, List<String> problems, String good) {
        return problems.isEmpty() ? new Line(check, true, good) : new Line(check, false, String.join("; ", problems));
    }

    @Override
    public String toString() {
        return (passed ? "PASS " : "FAIL ") + check + ": " + detail;
    }
}
