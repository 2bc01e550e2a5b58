package org.hmsach.build.architecture;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hmsach.build.architecture.sample.CarelessResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JAX-RS runtime reads XML by itself into Source, Document and JAXB types even when only JSON is registered; so no
 * resource may take one, and every resource says what it eats and what it gives.
 */
class ResourceTest {
    private static final String RS = "jakarta.ws.rs.";
    private static final Set<String> VERBS =
            Set.of(RS + "GET", RS + "POST", RS + "PUT", RS + "PATCH", RS + "DELETE", RS + "HEAD", RS + "OPTIONS");
    private static final String CONSUMES = RS + "Consumes";
    private static final String PRODUCES = RS + "Produces";
    private static final List<String> XML_READERS = List.of(
            "javax.xml.",
            "org.w3c.dom.",
            "org.xml.sax.",
            "jakarta.xml.bind.",
            "jakarta.activation.",
            "org.apache.cxf.jaxrs.ext.xml.");

    static List<Bundle> bundles() {
        return Bundle.all();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void takesNoXml(Bundle bundle) {
        List<String> wrong = resourceMethods(bundle)
                .filter(method -> method.getParameters().stream().anyMatch(ResourceTest::readsXml))
                .map(JavaMethod::getFullName)
                .toList();
        assertTrue(wrong.isEmpty(), () -> "XML can reach " + wrong);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void saysWhatItConsumes(Bundle bundle) {
        List<String> silent = resourceMethods(bundle)
                .filter(method -> hasBody(method) && !declares(method, CONSUMES))
                .map(JavaMethod::getFullName)
                .toList();
        assertTrue(silent.isEmpty(), () -> "no @Consumes: " + silent);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void saysWhatItProduces(Bundle bundle) {
        List<String> silent = resourceMethods(bundle)
                .filter(method -> !method.getRawReturnType().getName().equals("void"))
                .filter(method -> !declares(method, PRODUCES))
                .map(JavaMethod::getFullName)
                .toList();
        assertTrue(silent.isEmpty(), () -> "no @Produces: " + silent);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void namesNoXmlAndNoWildcardType(Bundle bundle) {
        List<String> wide = resourceMethods(bundle)
                .filter(method -> isWide(method, PRODUCES) || (hasBody(method) && isWide(method, CONSUMES)))
                .map(JavaMethod::getFullName)
                .toList();
        assertTrue(wide.isEmpty(), () -> "media types too wide: " + wide);
    }

    @Test
    void seesWhatIsWrong() {
        JavaMethod careless = resourceMethods(new ClassFileImporter().importClasses(CarelessResource.class))
                .findFirst()
                .orElseThrow();
        assertTrue(careless.getParameters().stream().anyMatch(ResourceTest::readsXml));
        assertTrue(hasBody(careless) && isWide(careless, CONSUMES));
        assertFalse(declares(careless, PRODUCES));
    }

    /** Whether the media types that hold for the method, its own or else its class's, let XML in or out. */
    private static boolean isWide(JavaMethod method, String annotation) {
        return method.tryGetAnnotationOfType(annotation)
                .map(JavaAnnotation::getProperties)
                .or(() -> method.getOwner().tryGetAnnotationOfType(annotation).map(JavaAnnotation::getProperties))
                .map(properties -> text(properties.get("value")))
                .filter(types -> types.contains("xml") || types.contains("*"))
                .isPresent();
    }

    private static String text(Object value) {
        return value instanceof Object[] many ? Arrays.toString(many) : value.toString();
    }

    private static Stream<JavaMethod> resourceMethods(Bundle bundle) {
        return resourceMethods(bundle.classes());
    }

    private static Stream<JavaMethod> resourceMethods(JavaClasses classes) {
        return classes.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getAnnotations().stream()
                        .anyMatch(annotation ->
                                VERBS.contains(annotation.getRawType().getName())));
    }

    private static boolean declares(JavaMethod method, String annotation) {
        JavaClass owner = method.getOwner();
        return method.isAnnotatedWith(annotation) || owner.isAnnotatedWith(annotation);
    }

    private static boolean hasBody(JavaMethod method) {
        return method.getParameters().stream().anyMatch(ResourceTest::isBody);
    }

    /** A parameter without a JAX-RS annotation is the entity. */
    private static boolean isBody(JavaParameter parameter) {
        return parameter.getAnnotations().stream()
                .noneMatch(annotation -> annotation.getRawType().getName().startsWith(RS));
    }

    private static boolean readsXml(JavaParameter parameter) {
        return isBody(parameter)
                && parameter.getType().getAllInvolvedRawTypes().stream()
                        .anyMatch(type -> XML_READERS.stream().anyMatch(type.getName()::startsWith)
                                || type.isAnnotatedWith("jakarta.xml.bind.annotation.XmlRootElement")
                                || type.isAnnotatedWith("jakarta.xml.bind.annotation.XmlType"));
    }
}
