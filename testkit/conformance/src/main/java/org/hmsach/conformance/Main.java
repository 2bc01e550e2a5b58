package org.hmsach.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code java -jar org.hmsach.conformance.jar FILE}: exit code 0 when every line passed, 1 when not, 2 misused. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 1 || !Files.isRegularFile(Path.of(args[0]))) {
            System.err.println("Usage: hms conformance FILE   (a bundle; prints PASS or FAIL for each check)");
            System.exit(USAGE);
        }
        List<Line> lines = Conformance.run(Path.of(args[0]));
        lines.forEach(System.out::println);
        boolean passed = lines.stream().allMatch(Line::passed);
        System.out.println(passed ? "PASSED " + args[0] : "FAILED " + args[0]);
        System.exit(passed ? 0 : 1);
    }
}
