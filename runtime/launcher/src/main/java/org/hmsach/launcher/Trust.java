package org.hmsach.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.hmsach.trust.Judgement;
import org.hmsach.trust.ShippedList;
import org.hmsach.trust.TrustOffice;

/** The setting {@code hms.trust}, and what ships. */
public final class Trust {
    /** Said at each start, on the ready line, and in the module list. */
    static final String OFF =
            "TRUST IS OFF (hms.trust=off): every bundle runs, signed or not, on every path." + " For development only.";

    private static final String PROPERTY = "hms.trust";

    private Trust() {}

    static boolean isOn(Settings settings) {
        String value = settings.properties().getOrDefault(PROPERTY, "on");
        if (!value.equals("on") && !value.equals("off")) {
            throw new LaunchException(LaunchException.USAGE, PROPERTY + " must be on or off, but is " + value);
        }
        return value.equals("on");
    }

    /** Over {@code HOME/repo/SHA256SUMS} and {@code DATA/conf/trust}. */
    public static TrustOffice office(Settings settings) {
        boolean on = isOn(settings);
        return new TrustOffice(shipped(settings), settings.data().resolve("conf/trust"), on, Clock.systemUTC());
    }

    /** Digests of what the distribution ships; must be there unless trust is off. */
    static Set<String> shipped(Settings settings) {
        try {
            return ShippedList.read(settings.home().resolve("repo"));
        } catch (IOException e) {
            if (isOn(settings)) {
                throw new LaunchException(LaunchException.USAGE, e.getMessage(), e);
            }
            return Set.of();
        }
    }

    /** What the distribution brings must be what was built: a changed jar stops the start. */
    static void expectShipped(DesiredSet.Entry entry, Path jar, Judgement judgement) {
        if (!judgement.trusted()) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    entry.name() + " " + entry.version() + " is not what the distribution shipped, and "
                            + judgement.reason() + ": " + jar + "; unpack the distribution again, or look with"
                            + " (cd repo && sha256sum -c " + ShippedList.FILE + ")");
        }
    }
}
