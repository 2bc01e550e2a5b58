package org.hmsach.ops.internal.swap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.hmsach.ops.internal.desired.DesiredFile;
import org.hmsach.ops.internal.desired.StagedJar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jars that somebody sent: copied aside, looked at, kept. */
final class Staging {
    private static final Logger LOG = LoggerFactory.getLogger(Staging.class);

    private final Path temporary;
    private final TrustGate trust;
    private final DesiredFile desired;

    Staging(Path data, TrustGate trust, DesiredFile desired) {
        this.temporary = data.resolve("tmp");
        this.trust = trust;
        this.desired = desired;
    }

    /** Copies a jar aside and looks at it. The caller deletes it. */
    StagedJar stage(InputStream body) throws Refused {
        try {
            Files.createDirectories(temporary);
            Path staged = Files.createTempFile(temporary, "staged-", ".jar");
            boolean sound = false;
            try {
                Files.copy(body, staged, StandardCopyOption.REPLACE_EXISTING);
                StagedJar jar = StagedJar.read(staged);
                trust.expect(jar);
                sound = true;
                return jar;
            } finally {
                if (!sound) {
                    Files.deleteIfExists(staged);
                }
            }
        } catch (StagedJar.NotABundle e) {
            throw new Refused(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stage a jar in " + temporary, e);
        }
    }

    /** Deletes a staged jar. */
    void discard(StagedJar jar) {
        try {
            Files.deleteIfExists(jar.path());
        } catch (IOException e) {
            LOG.warn("{} stays behind", jar.path(), e);
        }
    }

    /** The same in a place where it stays. */
    StagedJar keep(StagedJar jar) throws Refused {
        trust.expect(jar);
        desired.keep(jar.path(), jar.digest());
        return new StagedJar(desired.jar(jar.digest()).orElseThrow(), jar.name(), jar.version(), jar.digest());
    }

    /** Who answers for the jar. */
    String signer(StagedJar jar) {
        return trust.signer(jar);
    }
}
