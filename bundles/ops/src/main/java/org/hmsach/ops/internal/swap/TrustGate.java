package org.hmsach.ops.internal.swap;

import org.hmsach.ops.internal.desired.StagedJar;
import org.hmsach.ops.internal.frame.JarTrust;
import org.osgi.framework.BundleContext;

/** Says at once, and with the reason, what the launcher would not let run anyway. */
final class TrustGate {
    private final JarTrust trust;

    TrustGate(BundleContext context) {
        this.trust = new JarTrust(context);
    }

    /** @throws Refused when nobody trusted answers for the jar */
    void expect(StagedJar jar) throws Refused {
        JarTrust.Answer answer = trust.of(jar.path());
        if (!answer.trusted()) {
            throw new Refused(jar.name() + " " + jar.version() + " is not trusted: " + answer.reason());
        }
    }

    /** Who answers for the jar. */
    String signer(StagedJar jar) {
        String signer = trust.of(jar.path()).signer();
        return signer.isEmpty() ? "nobody" : signer;
    }
}
