package org.hmsach.build.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inside a bundle packages form a list: a lower one never knows a higher one. */
class PackageOrderTest {
    static List<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void hasNoPackageCycle(Bundle bundle) {
        slices().matching("org.hmsach.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(bundle.classes());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void keepsItsCodeWhereItBelongs(Bundle bundle) {
        String root = bundle.symbolicName() + (bundle.holdsContracts() ? "" : ".internal");
        List<String> astray = bundle.classes().stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(root) && !name.startsWith(root + "."))
                .distinct()
                .toList();
        assertTrue(astray.isEmpty(), () -> bundle + " has code outside " + root + ": " + astray);
    }
}
