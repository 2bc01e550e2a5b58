package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hmsach.launcher.DesiredSet.Entry;
import org.hmsach.launcher.DesiredSet.Origin;
import org.hmsach.launcher.DesiredSet.Shipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesiredSetTest {
    @TempDir
    Path data;

    private static Shipped shipped(String name, String digest) {
        return new Shipped(new BundleFile(name, "1.0.0", digest, Path.of(name + ".jar")), 60, "core");
    }

    @Test
    void takesWhatShipsAtTheFirstStart() {
        assertEquals(
                List.of(new Entry("a", "1.0.0", "d1", 60, Origin.FEATURE, "d1", "")),
                DesiredSet.reconcile(List.of(shipped("a", "d1")), List.of()));
    }

    @Test
    void replacesByAChangedShippedJarWhatNoOperatorReplaced() {
        Entry before = new Entry("a", "0.9.0", "d0", 60, Origin.FEATURE, "d0", "");
        assertEquals(
                List.of(new Entry("a", "1.0.0", "d1", 60, Origin.FEATURE, "d1", "")),
                DesiredSet.reconcile(List.of(shipped("a", "d1")), List.of(before)));
    }

    @Test
    void keepsAnOperatorsUpdateAgainstAChangedShippedJar() {
        Entry before = new Entry("a", "1.1.0", "own", 60, Origin.OPERATOR, "d0", "");
        assertEquals(
                List.of(new Entry("a", "1.1.0", "own", 60, Origin.OPERATOR, "d1", "")),
                DesiredSet.reconcile(List.of(shipped("a", "d1")), List.of(before)));
    }

    @Test
    void keepsAwayWhatAnOperatorRemoved() {
        Entry before = new Entry("a", "1.0.0", "d1", 60, Origin.REMOVED, "d1", "");
        assertEquals(List.of(before), DesiredSet.reconcile(List.of(shipped("a", "d1")), List.of(before)));
    }

    @Test
    void keepsAnOperatorsAdditionAndForgetsAFeatureThatIsNotChosenAnyMore() {
        Entry addition = new Entry("vendor", "2.0.0", "v", 60, Origin.OPERATOR, "", "");
        Entry gone = new Entry("b", "1.0.0", "d2", 60, Origin.FEATURE, "d2", "");
        assertEquals(List.of(addition), DesiredSet.reconcile(List.of(), List.of(addition, gone)));
    }

    @Test
    void shipsWhatAnOperatorHadRemovedBeforeAFeatureNamedIt() {
        Entry before = new Entry("a", "1.0.0", "own", 60, Origin.REMOVED, "", "");
        assertEquals(
                List.of(new Entry("a", "1.0.0", "d1", 60, Origin.FEATURE, "d1", "")),
                DesiredSet.reconcile(List.of(shipped("a", "d1")), List.of(before)));
    }

    @Test
    void readsAFileOfAVersionThatKeptNoVersionBefore() throws Exception {
        Files.writeString(
                data.resolve("desired.json"),
                "{\"bundles\":[{\"name\":\"a\",\"version\":\"1.0.0\",\"digest\":\"d1\",\"startLevel\":60,"
                        + "\"origin\":\"OPERATOR\",\"shipped\":\"d0\"}]}");
        assertEquals(List.of(new Entry("a", "1.0.0", "d1", 60, Origin.OPERATOR, "d0", "")), DesiredSet.load(data));
    }

    @Test
    void refusesTwoShippedBundlesOfOneName() {
        List<Shipped> twice = List.of(shipped("a", "d1"), shipped("a", "d2"));
        assertThrows(LaunchException.class, () -> DesiredSet.reconcile(twice, List.of()));
    }

    @Test
    void readsWhatItWrote() {
        List<Entry> entries = List.of(
                new Entry("a", "1.0.0", "d1", 60, Origin.FEATURE, "d1", "d0"),
                new Entry("b", "2.0.0", "d2", 30, Origin.REMOVED, "d2", ""));
        DesiredSet.save(data, entries);
        assertEquals(entries, DesiredSet.load(data));
    }

    @Test
    void namesABrokenFile() throws Exception {
        Files.writeString(data.resolve("desired.json"), "{\"bundles\":[{\"name\":\"a\"}]}");
        LaunchException e = assertThrows(LaunchException.class, () -> DesiredSet.load(data));
        assertEquals(LaunchException.USAGE, e.exitCode());
    }

    @Test
    void refusesAnOperatorsJarThatChanged() throws Exception {
        Files.createDirectories(data.resolve("bundles"));
        Files.writeString(data.resolve("bundles/abc.jar"), "something else");
        Entry entry = new Entry("a", "1.1.0", "abc", 60, Origin.OPERATOR, "", "");
        assertThrows(LaunchException.class, () -> DesiredSet.operatorJar(data, entry));
    }
}
