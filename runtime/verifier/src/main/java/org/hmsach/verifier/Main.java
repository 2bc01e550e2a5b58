package org.hmsach.verifier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code java -jar hms-tape-verifier.jar FILE...}: exit 0 when all holds, 1 when not, 2 when it cannot be read. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(System.out, args));
    }

    static int run(PrintStream out, String... files) {
        if (files.length == 0 || files[0].startsWith("-")) {
            out.println("Usage: java -jar hms-tape-verifier.jar FILE.jsonl ...");
            out.println("Checks an exported tape; several files are one tape in the order given.");
            return 2;
        }
        Verifier verifier = new Verifier();
        for (String file : files) {
            try (BufferedReader lines = Files.newBufferedReader(Path.of(file))) {
                verifier.read(file, lines);
            } catch (IOException e) {
                out.println("cannot read " + file + ": " + e);
                return 2;
            }
        }
        List<String> problems = verifier.finish();
        problems.forEach(problem -> out.println("PROBLEM: " + problem));
        out.println(verifier.summary());
        return problems.isEmpty() ? 0 : 1;
    }
}
