package org.hmsach.cli.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadPrioritiesTest {
    private static final String LIMITS =
            "Limit                     Soft Limit           Hard Limit           Units     \n"
                    + "Max nice priority         %s                    0                    \n"
                    + "Max realtime priority     99                   99                   \n";

    @TempDir
    private Path self;

    @ParameterizedTest
    @CsvSource({
        "root,                              0,         000001fffeffffff, 0 0 4294967295,  true",
        "a user,                            0,         0000000000000000, 0 0 4294967295,  false",
        "all but CAP_SYS_NICE,              0,         000001ffff7fffff, 0 0 4294967295,  false",
        "root of a user namespace,          0,         000001ffffffffff, 0 100000 65536,  false",
        "a user whose limit allows nice 1,  19,        0000000000000000, 0 0 4294967295,  false",
        "a user whose limit allows nice 0,  20,        0000000000000000, 0 0 4294967295,  true",
        "a user without a limit,            unlimited, 0000000000000000, 0 100000 65536,  true",
    })
    void mapsPrioritiesOnlyWhereTheyCanBeRaisedAgain(
            String who, String limit, String capabilities, String users, boolean may) throws IOException {
        Files.writeString(self.resolve("limits"), String.format(LIMITS, limit));
        Files.writeString(self.resolve("status"), "Name:\tjava\nCapEff:\t" + capabilities + "\nSeccomp:\t0\n");
        Files.writeString(self.resolve("uid_map"), "         " + users + "\n");

        assertEquals(may, ThreadPriorities.mayRaise(self), who);
    }
}
