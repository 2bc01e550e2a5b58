package org.hmsach.build.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a newcomer finds in each bundle's folder, and what everybody gets from its jar. */
class HouseRulesTest {
    private static final int POM_LINES = 25;
    private static final int README_LINES = 40;

    static List<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void keepsItsPomShort(Bundle bundle) throws IOException {
        int lines = lines(bundle.folder().resolve("pom.xml"));
        assertTrue(lines <= POM_LINES, () -> "pom.xml has " + lines + " lines, the limit is " + POM_LINES);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void explainsItselfOnOnePage(Bundle bundle) throws IOException {
        Path readme = bundle.folder().resolve("README.md");
        assertTrue(Files.exists(readme), () -> "no README.md in " + bundle);
        int lines = lines(readme);
        assertTrue(lines <= README_LINES, () -> "README.md has " + lines + " lines, the limit is " + README_LINES);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void writesNoManifestByHand(Bundle bundle) {
        Path resources = bundle.folder().resolve("src/main/resources");
        assertTrue(Files.notExists(resources.resolve("META-INF/MANIFEST.MF")), "a hand-written MANIFEST.MF");
        assertTrue(Files.notExists(resources.resolve("OSGI-INF")), "a hand-written OSGI-INF");
    }

    /** One fixed time in every entry, so that equal sources give equal bytes. */
    @ParameterizedTest
    @MethodSource("bundles")
    void buildsAReproducibleJar(Bundle bundle) throws IOException {
        try (ZipFile jar = new ZipFile(bundle.jar().toFile())) {
            Set<String> times = jar.stream()
                    .map(ZipEntry::getTimeLocal)
                    .map(Object::toString)
                    .collect(Collectors.toSet());
            assertEquals(1, times.size(), () -> "entry times " + times);
            assertEquals(List.of(), bundle.header("Bnd-LastModified").stream().toList());
        }
    }

    private static int lines(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }
}
