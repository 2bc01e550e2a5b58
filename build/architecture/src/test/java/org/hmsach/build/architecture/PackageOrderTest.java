package org.hmsach.build.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.hmsach.build.architecture.sample.higher.High;
import org.hmsach.build.architecture.sample.lower.Low;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inside a bundle packages form a list: a lower one never knows a higher one. */
class PackageOrderTest {
    private static final ArchRule ORDER =
            slices().matching("org.hmsach.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    static List<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void hasNoPackageCycle(Bundle bundle) {
        ORDER.check(bundle.classes());
    }

    @Test
    void seesACycle() {
        JavaClasses sample = new ClassFileImporter().importPackagesOf(Low.class, High.class);
        assertTrue(ORDER.evaluate(sample).hasViolation());
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
