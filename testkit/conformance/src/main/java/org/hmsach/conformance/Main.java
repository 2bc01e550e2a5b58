package org.hmsach.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code java -jar org.hmsach.conformance.jar FILE...}: exit code 0 when every line passed, 1 when not, 2 misused. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<Path> files = Stream.of(args).map(Path::of).toList();
        if (files.isEmpty() || !files.stream().allMatch(Files::isRegularFile)) {
            System.err.println("Usage: hms conformance FILE...   (bundles; prints PASS or FAIL for each check)");
            System.exit(USAGE);
        }
        boolean passed = true;
        for (Path file : files) {
            passed &= passes(file);
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean passes(Path file) throws IOException, InterruptedException {
        List<Line> lines = Conformance.run(file);
        lines.forEach(System.out::println);
        boolean passed = lines.stream().allMatch(Line::passed);
        System.out.println(passed ? "PASSED " + file : "FAILED " + file);
        return passed;
    }
}
