package org.hmsach.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hmsach.launcher.FeatureCatalog;
import org.hmsach.launcher.FeatureOverview;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves by resolution, with the server's own resolver, that core fits with every choice of the other features. */
class ResolutionIT {
    @TempDir
    Path data;

    @Test
    void everyCombinationOfShippedFeaturesFits() {
        List<String> others = new ArrayList<>(new TreeSet<>(new FeatureCatalog(Home.distribution(), data).names()));
        others.remove("core");
        assertFalse(others.isEmpty());
        for (int choice = 0; choice < 1 << others.size(); choice++) {
            List<String> features = new ArrayList<>(List.of("core"));
            for (int i = 0; i < others.size(); i++) {
                if ((choice & 1 << i) != 0) {
                    features.add(others.get(i));
                }
            }
            assertEquals(List.of(), FeatureOverview.missing(Home.distribution(), data, features), features.toString());
        }
    }

    @Test
    void noFeatureNeedsWhatNoneHas() {
        for (FeatureOverview.Row row : FeatureOverview.of(Home.distribution(), data)) {
            assertEquals("", row.broken(), row.name());
            assertEquals(List.of(), List.copyOf(row.needs().missing()), row.name());
        }
    }
}
