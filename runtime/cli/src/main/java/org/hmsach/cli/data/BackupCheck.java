package org.hmsach.cli.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Consumer;
import org.hmsach.core.internal.audit.CoreCheck;
import org.hmsach.core.internal.audit.CoreReport;
import org.hmsach.core.internal.disk.Problem;

/** Checks a backup: digests, then all that is checked of a data folder, then that it ends where its manifest says. */
public final class BackupCheck {
    private BackupCheck() {}

    /** Changes nothing in the backup. @param progress told what takes long */
    public static CoreReport run(BackupFolder backup, Consumer<Problem> problems, Consumer<String> progress)
            throws IOException {
        backup.check(problems);
        CoreReport report = CoreCheck.run(backup.data().resolve("core"), progress);
        report.problems().forEach(problems);
        PlatformCheck.run(backup.data(), problems);
        JsonNode says = backup.manifest();
        expect(says, "entry", Long.toString(report.entries()), problems);
        expect(says, "event", Long.toString(report.tapeEvents()), problems);
        expect(says, "stateHash", report.stateHash(), problems);
        expect(says, "chainHash", report.chainHash(), problems);
        return report;
    }

    private static void expect(JsonNode manifest, String field, String found, Consumer<Problem> problems) {
        String said = manifest.path(field).asText();
        if (!said.equals(found)) {
            problems.accept(new Problem(
                    "backup.json", Problem.WHOLE, field + " was " + said + " in the server, here it is " + found));
        }
    }
}
