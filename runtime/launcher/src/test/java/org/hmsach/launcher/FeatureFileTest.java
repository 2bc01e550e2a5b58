package org.hmsach.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFileTest {
    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("acme.json"), text.replace('\'', '"'));
    }

    @Test
    void readsBundlesConfigurationsAndRemarks() throws Exception {
        FeatureFile read = FeatureFile.read(file("""
                {
                  // ours
                  'id': 'com.acme:feature:1', 'description': 'Acme rules',
                  'bundles': [{'id': 'com.acme:check:1.0.0', 'bundleStartLevel': 60}],
                  'configurations': {'com.acme.check~a': {'limit': 7}}
                }"""));
        assertEquals("Acme rules", read.description());
        assertEquals(
                "com.acme:check:1.0.0",
                read.feature().getBundles().get(0).getID().toString());
        assertEquals(
                7L,
                ((Number) read.feature()
                                .getConfigurations()
                                .get("com.acme.check~a")
                                .getValues()
                                .get("limit"))
                        .longValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'bundles': []} | id is missing, must be group:artifact:version
            {'id': 'acme'} | id is "acme", must be group:artifact:version
            {'id': 'a:b:1', 'bundle': []} | bundle is [], but there is no such field
            {'id': 'a:b:1', 'feature-resource-version': '2.0'} | feature-resource-version is 2.0, must be 1.0
            {'id': 'a:b:1', 'bundles': {}} | bundles is {}, must be an array
            {'id': 'a:b:1', 'bundles': ['a:b:1']} | bundles[0] is "a:b:1", must be an object
            {'id': 'a:b:1', 'bundles': [{'bundleStartLevel': 60}]} | bundles[0].id is missing
            {'id': 'a:b:1', 'bundles': [{'id': 'a:../b:1', 'bundleStartLevel': 60}]} | bundles[0].id is "a:../b:1"
            {'id': 'a:b:1', 'bundles': [{'id': 'a:b:1'}]} | bundles[0].bundleStartLevel is missing
            {'id': 'a:b:1', 'bundles': [{'id': 'a:b:1', 'bundleStartLevel': '60'}]} | bundleStartLevel is "60"
            {'id': 'a:b:1', 'bundles': [{'id': 'a:b:1', 'bundleStartLevel': 101}]} | is 101, must be a whole
            {'id': 'a:b:1', 'configurations': {'../x': {}}} | configurations is ../x, must be a PID
            {'id': 'a:b:1', 'configurations': {'x': 1}} | configurations.x is 1, must be an object
            {'id': 'a:b:1', 'extensions': {'x': {'kind': 'mandatory'}}} | extensions.x.kind is mandatory
            {'id': 'a:b:1', } | acme.json is no feature file
            [] | acme.json is no feature file
            """)
    void namesFileFieldAndValue(String text, String said) throws Exception {
        Path file = file(text);
        LaunchException e = assertThrows(LaunchException.class, () -> FeatureFile.read(file));
        assertEquals(LaunchException.USAGE, e.exitCode());
        assertTrue(e.getMessage().contains(said) && e.getMessage().contains("acme.json"), e.getMessage());
    }
}
