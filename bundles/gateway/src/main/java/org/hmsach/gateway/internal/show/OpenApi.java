package org.hmsach.gateway.internal.show;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hmsach.api.http.Doc;
import org.hmsach.gateway.internal.board.Resource;

/** Reads the annotations of the active resources. Bodies are objects whose fields the operation's text names. */
final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*([A-Za-z0-9_]+)\\s*(:[^}]*)?}");

    Map<String, Object> document(Map<String, List<Resource>> active) {
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        active.forEach((base, resources) -> resources.forEach(r -> add(paths, base, r)));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", "HMS-ACH", "version", "0.1", "description", "What is active right now"));
        document.put("paths", paths);
        document.put("components", Map.of("securitySchemes", schemes(), "responses", Map.of("Problem", problem())));
        return document;
    }

    private static void add(Map<String, Map<String, Object>> paths, String base, Resource resource) {
        Class<?> type = resource.object().getClass();
        String prefix = base + "/" + value(type.getAnnotation(Path.class));
        for (Method method : type.getMethods()) {
            String verb = verb(method);
            if (!verb.isEmpty()) {
                String path = template(prefix + "/" + value(method.getAnnotation(Path.class)));
                paths.computeIfAbsent(path, p -> new TreeMap<>()).put(verb, operation(method, resource));
            }
        }
    }

    private static Map<String, Object> operation(Method method, Resource resource) {
        Doc doc = method.getAnnotation(Doc.class);
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", doc == null ? method.getName() : doc.value());
        operation.put("tags", List.of(resource.bundle()));
        if (doc != null && !doc.kind().isEmpty()) {
            operation.put("x-outcome-kind", doc.kind());
        }
        RolesAllowed roles = method.getAnnotation(RolesAllowed.class);
        if (roles != null) {
            operation.put("x-roles", Arrays.asList(roles.value()));
        }
        operation.put(
                "security",
                method.isAnnotationPresent(PermitAll.class)
                        ? List.of()
                        : List.of(Map.of("keyId", List.of(), "secretKey", List.of()), Map.of("session", List.of())));
        operation.put("parameters", parameters(method));
        if (takesBody(method)) {
            operation.put(
                    "requestBody",
                    Map.of("content", Map.of("application/json", Map.of("schema", Map.of("type", "object")))));
        }
        operation.put(
                "responses",
                Map.of(
                        "default",
                        Map.of("$ref", "#/components/responses/Problem"),
                        "2XX",
                        Map.of("description", "done")));
        return operation;
    }

    private static List<Map<String, Object>> parameters(Method method) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (Annotation[] annotations : method.getParameterAnnotations()) {
            for (Annotation annotation : annotations) {
                if (annotation instanceof PathParam path) {
                    parameters.add(parameter(path.value(), "path", true));
                } else if (annotation instanceof QueryParam query) {
                    parameters.add(parameter(query.value(), "query", false));
                }
            }
        }
        return parameters;
    }

    private static Map<String, Object> parameter(String name, String in, boolean required) {
        return Map.of("name", name, "in", in, "required", required, "schema", Map.of("type", "string"));
    }

    private static boolean takesBody(Method method) {
        return Arrays.stream(method.getParameterAnnotations()).anyMatch(annotations -> annotations.length == 0);
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(http -> http != null)
                .map(http -> http.value().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    private static String template(String path) {
        Matcher matcher = PARAMETER.matcher(path.replaceAll("/+", "/").replaceAll("(?<=.)/$", ""));
        return matcher.replaceAll("{$1}");
    }

    private static String value(Path path) {
        return path == null ? "" : path.value();
    }

    private static Map<String, Object> schemes() {
        return Map.of(
                "keyId", Map.of("type", "apiKey", "in", "header", "name", "APCA-API-KEY-ID"),
                "secretKey", Map.of("type", "apiKey", "in", "header", "name", "APCA-API-SECRET-KEY"),
                "session", Map.of("type", "apiKey", "in", "cookie", "name", "hms_session"));
    }

    private static Map<String, Object> problem() {
        return Map.of(
                "description",
                "RFC 9457 problem with code, message, reason, field, value, limit, requestId",
                "content",
                Map.of("application/problem+json", Map.of("schema", Map.of("type", "object"))));
    }
}
