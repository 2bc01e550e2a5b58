package org.hmsach.cli.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the server's threads can have different priorities. Linux lets any process lower a thread's, but raise it
 * again only with the right to it; without, what a swap started would have a low one for good.
 */
final class ThreadPriorities {
    /** Compilers stay where they are without the first option. */
    private static final List<String> MAPPED = List.of("-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=0");

    private static final int CAP_SYS_NICE = 23;
    /** What {@code ulimit -e} shows for a process that may raise a thread to nice 0: 20 less the value. */
    private static final int NICE_0 = 20;

    private static final Pattern LIMIT =
            Pattern.compile("^Max nice priority\\s+(\\d+|unlimited)\\s", Pattern.MULTILINE);
    private static final Pattern CAPABILITIES = Pattern.compile("^CapEff:\\s+([0-9a-f]+)$", Pattern.MULTILINE);
    /** Of the first user namespace: capabilities in another one do not count here. */
    private static final Pattern ALL_USERS = Pattern.compile("\\s*0\\s+0\\s+4294967295\\s*");

    private ThreadPriorities() {}

    /** Options of the JVM, none where priorities cannot be raised, or elsewhere than on Linux. */
    static List<String> options() {
        Path self = Path.of("/proc/self");
        try {
            return Files.isReadable(self.resolve("limits")) && mayRaise(self) ? MAPPED : List.of();
        } catch (IOException e) {
            throw new ServerException("cannot read whether threads may have priorities: " + e.getMessage(), e);
        }
    }

    /** @param self a process as /proc shows it */
    static boolean mayRaise(Path self) throws IOException {
        Matcher limit = LIMIT.matcher(Files.readString(self.resolve("limits")));
        if (limit.find()) {
            String most = limit.group(1);
            if (most.equals("unlimited") || Integer.parseInt(most) >= NICE_0) {
                return true;
            }
        }
        Matcher capabilities = CAPABILITIES.matcher(Files.readString(self.resolve("status")));
        return capabilities.find()
                && (Long.parseUnsignedLong(capabilities.group(1), 16) >> CAP_SYS_NICE & 1) == 1
                && ALL_USERS.matcher(Files.readString(self.resolve("uid_map"))).matches();
    }
}
