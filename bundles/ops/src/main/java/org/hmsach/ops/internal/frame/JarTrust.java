package org.hmsach.ops.internal.frame;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * What the launcher says about whose bundles may run. The launcher also sees to it that no others do; here it is asked
 * for reasons and names. A framework that somebody else launched has no such service: then nobody judges.
 */
public final class JarTrust {
    private final BundleContext context;
    private final LauncherService launcher;

    /** Asks the launcher of this framework. */
    public JarTrust(BundleContext context) {
        this.context = context;
        this.launcher = new LauncherService(context, "trust");
    }

    /**
     * An answer.
     *
     * @param mode          {@code on}, {@code off} (everything runs), or {@code none} (nobody judges)
     * @param trusted       whether it may run
     * @param digest        SHA-256 of the jar, hexadecimal; empty when nobody judges
     * @param signer        who answers for it; empty when nobody does
     * @param reason        why nobody does; empty when somebody does
     * @param refusedUpdate of a bundle: why its last update was undone; empty when none was
     */
    public record Answer(
            String mode, boolean trusted, String digest, String signer, String reason, String refusedUpdate) {
        private static final Answer NOBODY = new Answer("none", true, "", "", "", "");
    }

    /** Of an installed bundle. */
    public Answer of(Bundle bundle) {
        return ask(bundle);
    }

    /** Of a jar that is not installed yet. */
    public Answer of(Path jar) {
        return ask(jar);
    }

    /** All installed bundles that may not run. */
    public List<Bundle> refused() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> !of(bundle).trusted() && bundle.getState() != Bundle.UNINSTALLED)
                .toList();
    }

    private Answer ask(Object about) {
        return launcher.ask(about).map(JarTrust::answer).orElse(Answer.NOBODY);
    }

    private static Answer answer(Map<String, String> told) {
        return new Answer(
                told.getOrDefault("mode", ""),
                Boolean.parseBoolean(told.get("trusted")),
                told.getOrDefault("digest", ""),
                told.getOrDefault("signer", ""),
                told.getOrDefault("reason", ""),
                told.getOrDefault("refusedUpdate", ""));
    }
}
