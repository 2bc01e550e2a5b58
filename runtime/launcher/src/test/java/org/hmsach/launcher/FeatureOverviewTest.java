package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hmsach.launcher.FeatureOverview.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureOverviewTest {
    @TempDir
    Path folder;

    private TestHome home;
    private Path data;

    @BeforeEach
    void shipFeatures() throws Exception {
        home = new TestHome(folder.resolve("home"));
        data = folder.resolve("data");
        home.ship("words", "shipped", "Export-Package", "com.words;version=1.2, com.more");
        home.ship("desk", "shipped", "Provide-Capability", "osgi.service;objectClass:List<String>=\"a.Desk,a.Till\"");
        home.feature("core", List.of("words"), "");
        home.feature("shop", List.of("desk"), "");
    }

    private void acme(String... headers) throws Exception {
        home.ship("rule", "shipped", headers);
        home.feature("acme", List.of("rule"), "");
    }

    private Row row(String name) {
        return FeatureOverview.of(home.path(), data).stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> missing(String... features) {
        return FeatureOverview.missing(home.path(), data, List.of(features));
    }

    @Test
    void readsWhatAFeatureNeedsFromItsBundles() throws Exception {
        acme(
                "Import-Package",
                "com.words;version=\"[1,2)\", org.osgi.framework, com.nice;resolution:=optional",
                "Require-Capability",
                "osgi.service;filter:=\"(objectClass=a.Till)\";effective:=active;resolution:=optional,"
                        + "osgi.ee;filter:=\"(&(|(osgi.ee=J2SE)(osgi.ee=JavaSE))(version>=1.8))\"");
        Row acme = row("acme");
        assertEquals(Map.of("core", Set.of("package com.words")), acme.needs().needs());
        assertEquals(Map.of("shop", Set.of("service a.Till")), acme.needs().uses());
        assertEquals(Set.of(), acme.needs().missing());
        assertEquals(List.of(), missing("acme"));
        assertEquals(
                List.of("core", "shop"), List.of(row("core").name(), row("shop").name()));
        assertTrue(row("core").on() && !acme.on() && !acme.own());
    }

    @Test
    void namesWhatNoFeatureBringsAndWhatIsNotChosen() throws Exception {
        acme("Import-Package", "com.words;version=\"[2,3)\"");
        assertEquals(1, row("acme").needs().missing().size());
        assertTrue(
                row("acme").needs().missing().toString().contains("com.words"),
                row("acme").toString());
        assertTrue(missing("acme").get(0).contains("com.words"), missing("acme").toString());
        home.ship("desk", "shipped", "Import-Package", "com.rare");
        home.ship("rule", "shipped", "Export-Package", "com.rare");
        assertEquals(
                Map.of("acme", Set.of("package com.rare")), row("shop").needs().needs());
        assertTrue(missing("shop").get(0).contains("com.rare"), missing("shop").toString());
        assertEquals(List.of(), missing("shop", "acme"));
    }

    @Test
    void showsABrokenFeatureWithTheReason() throws Exception {
        Files.createDirectories(data.resolve("features"));
        Files.writeString(data.resolve("features/own.json"), "{\"id\": 7}");
        Files.writeString(data.resolve("features.list"), "core\ngone\n");
        assertTrue(
                row("own").own() && row("own").broken().contains("own.json: id is 7"),
                row("own").toString());
        assertTrue(
                row("gone").on() && row("gone").broken().contains("unknown feature"),
                row("gone").toString());
    }
}
