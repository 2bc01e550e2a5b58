package org.hmsach.build.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Components are final classes built by their constructor: no half-made object is ever seen. */
class ComponentTest {
    private static final String COMPONENT = "org.osgi.service.component.annotations.Component";
    private static final String ACTIVATE = "org.osgi.service.component.annotations.Activate";

    static List<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void declaresPublicFinalComponents(Bundle bundle) {
        List<String> open = components(bundle)
                .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL)
                        || !type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .toList();
        assertTrue(open.isEmpty(), () -> "not public final: " + open);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void activatesByConstructorOnly(Bundle bundle) {
        List<String> methods = components(bundle)
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(ACTIVATE))
                .map(method -> method.getFullName())
                .toList();
        assertTrue(methods.isEmpty(), () -> "activate methods: " + methods);
    }

    private static Stream<JavaClass> components(Bundle bundle) {
        return bundle.classes().stream().filter(type -> type.isAnnotatedWith(COMPONENT));
    }
}
