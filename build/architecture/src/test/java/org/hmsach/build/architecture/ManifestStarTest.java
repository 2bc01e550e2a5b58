package org.hmsach.build.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four bundles hold the words; everything else stands around them and touches nobody else. */
class ManifestStarTest {
    private static final Set<String> CONTRACTS = Set.of("api", "spi.gov", "spi.mkt", "spi.mfe");

    static List<Bundle> bundles() {
        return Bundle.all();
    }

    @Test
    void onlyTheContractBundlesExport() {
        Set<String> exporting = bundles().stream()
                .filter(bundle -> !bundle.exports().isEmpty())
                .map(Bundle::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(CONTRACTS), exporting);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void isNamedAfterItsFolder(Bundle bundle) {
        assertEquals(
                Optional.of(bundle.symbolicName()),
                bundle.header("Bundle-SymbolicName").map(name -> name.split(";", 2)[0]));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void exportsOnlyPackagesUnderItsOwnName(Bundle bundle) {
        List<String> foreign = bundle.exports().stream()
                .filter(name -> !isUnder(name, bundle.symbolicName()))
                .toList();
        assertTrue(foreign.isEmpty(), () -> bundle + " exports " + foreign);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void importsTheProductsPackagesOnlyFromTheContracts(Bundle bundle) {
        List<String> wrong = bundle.imports().stream()
                .filter(name -> isUnder(name, "org.hmsach"))
                .filter(name -> CONTRACTS.stream().noneMatch(contract -> isUnder(name, "org.hmsach." + contract)))
                .toList();
        assertTrue(wrong.isEmpty(), () -> bundle + " imports " + wrong);
    }

    @Test
    void theApiNeedsNoOtherContract() {
        List<String> needed = new Bundle(Bundle.ROOT.resolve("bundles/api"))
                .imports().stream()
                        .filter(name -> isUnder(name, "org.hmsach.spi"))
                        .toList();
        assertEquals(List.of(), needed);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void takesNoPackageDynamicallyAndNoWholeBundle(Bundle bundle) {
        assertEquals(Optional.empty(), bundle.header("DynamicImport-Package"));
        assertEquals(Optional.empty(), bundle.header("Require-Bundle"));
    }

    private static boolean isUnder(String name, String root) {
        return name.equals(root) || name.startsWith(root + ".");
    }
}
