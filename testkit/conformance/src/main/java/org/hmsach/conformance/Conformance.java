package org.hmsach.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleException;

/** The whole run. Call it from a test of your own, or as a command ({@link Main}). */
public final class Conformance {
    private Conformance() {}

    /** Looks at the manifest, then runs the bundle; nothing of it is left when this returns, if it is sound. */
    public static List<Line> run(Path file) throws IOException, InterruptedException {
        List<Line> lines = new ArrayList<>(ManifestLook.lines(file));
        try (Box box = Box.open(file)) {
            Life life = new Life(box);
            Line starts = life.starts();
            lines.add(starts);
            if (starts.passed()) {
                lines.addAll(StateLook.lines(box));
                lines.addAll(Behaviour.lines(box));
                Line drains = life.drains();
                lines.add(drains);
                if (drains.passed()) { // else it cannot even be stopped
                    lines.add(life.startsAndStops());
                    lines.add(life.classLoaders());
                    lines.add(life.threads());
                }
            }
        } catch (BundleException e) {
            lines.add(new Line("start", false, String.valueOf(e.getMessage())));
        }
        return lines;
    }
}
