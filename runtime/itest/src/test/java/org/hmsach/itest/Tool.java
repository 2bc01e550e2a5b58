package org.hmsach.itest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end. */
final class Tool {
    /** Exit status and everything it printed. */
    record Result(int status, String output) {}

    private Tool() {}

    static Result run(Path folder, Map<String, String> environment, int seconds, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end within " + seconds + " s:\n" + output);
        }
        return new Result(process.exitValue(), output);
    }

    /** Whether the command can be run at all. */
    static boolean present(String command) {
        try {
            return run(Path.of("."), Map.of(), 20, List.of(command, "--version"))
                            .status()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
