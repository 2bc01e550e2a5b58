package org.hmsach.launcher;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.cm.json.io.Configurations;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureService;

/**
 * An OSGi feature file, read strictly: whatever is wrong with it is named by file, field and value.
 *
 * @param path    where it lies
 * @param feature what it says
 */
record FeatureFile(Path path, Feature feature) {
    static final String START_LEVEL = "bundleStartLevel";
    static final String LAUNCHING_PROPERTIES = "framework-launching-properties";
    private static final int LAST_LEVEL = 100;
    private static final String MAVEN_ID = "[^:/\\\\\\s]+(:[^:/\\\\\\s]+){2,4}";
    private static final String PID = "[A-Za-z0-9._-]+(~[A-Za-z0-9._-]+)?";
    private static final Set<String> FIELDS = Set.of(
            "feature-resource-version",
            "id",
            "name",
            "description",
            "docURL",
            "license",
            "SCM",
            "vendor",
            "categories",
            "complete",
            "variables",
            "bundles",
            "configurations",
            "extensions");

    static FeatureFile read(Path path) {
        try (Reader reader = Files.newBufferedReader(path);
                Reader plain = Configurations.jsonCommentAwareReader(reader);
                JsonReader json = Json.createReader(plain)) {
            JsonObject object = json.readObject();
            new Check(path).all(object);
            FeatureService service =
                    ServiceLoader.load(FeatureService.class).findFirst().orElseThrow();
            return new FeatureFile(path, service.readFeature(new StringReader(object.toString())));
        } catch (JsonException | IllegalArgumentException e) {
            throw new LaunchException(LaunchException.USAGE, path + " is no feature file: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LaunchException(LaunchException.USAGE, "cannot read " + path + ": " + e, e);
        }
    }

    /** What the file says, or else its name. */
    String description() {
        return feature.getDescription().or(feature::getName).orElse("");
    }

    LaunchException wrong(int bundle, String field, Object value, String must) {
        return wrong(path, "bundles[" + bundle + "]." + field, value, must);
    }

    private static LaunchException wrong(Path path, String field, Object value, String must) {
        return new LaunchException(LaunchException.USAGE, path + ": " + field + " is " + value + ", " + must);
    }

    private record Check(Path path) {
        void all(JsonObject file) {
            for (String field : file.keySet()) {
                if (!FIELDS.contains(field)) {
                    throw wrong(
                            field, file.get(field), "but there is no such field; there are " + new TreeSet<>(FIELDS));
                }
            }
            String version = text(file, "feature-resource-version", "1.0");
            if (!version.equals("1.0")) {
                throw wrong("feature-resource-version", version, "must be 1.0");
            }
            mavenId("id", file.get("id"));
            JsonValue bundles = file.getOrDefault("bundles", JsonValue.EMPTY_JSON_ARRAY);
            if (!(bundles instanceof JsonArray array)) {
                throw wrong("bundles", bundles, "must be an array");
            }
            for (int i = 0; i < array.size(); i++) {
                bundle("bundles[" + i + "]", array.get(i));
            }
            object("variables", file.get("variables"));
            object("configurations", file.get("configurations")).forEach((pid, values) -> {
                if (!pid.matches(PID)) {
                    throw wrong("configurations", pid, "must be a PID, a factory's as PID~NAME");
                }
                object("configurations." + pid, values);
            });
            object("extensions", file.get("extensions")).forEach(this::extension);
        }

        private void bundle(String field, JsonValue value) {
            JsonObject bundle = object(field, value);
            mavenId(field + ".id", bundle.get("id"));
            JsonValue level = bundle.get(START_LEVEL);
            boolean sound = level instanceof JsonNumber number
                    && number.isIntegral()
                    && number.longValue() >= 1
                    && number.longValue() <= LAST_LEVEL;
            if (!sound) {
                throw wrong(
                        field + "." + START_LEVEL,
                        level == null ? "missing" : level,
                        "must be a whole number from 1 to " + LAST_LEVEL + "; modules start at 60");
            }
        }

        /** A mandatory extension that nobody here understands must not be passed over: the standard says so. */
        private void extension(String name, JsonValue value) {
            String field = "extensions." + name;
            JsonObject extension = object(field, value);
            if (name.equals(LAUNCHING_PROPERTIES)) {
                object(field + ".json", extension.get("json"));
            } else if (text(extension, "kind", "optional").equals("mandatory")) {
                throw wrong(field + ".kind", "mandatory", "but only " + LAUNCHING_PROPERTIES + " is known");
            }
        }

        private void mavenId(String field, JsonValue value) {
            if (!(value instanceof JsonString text) || !text.getString().matches(MAVEN_ID)) {
                throw wrong(field, value == null ? "missing" : value, "must be group:artifact:version");
            }
        }

        private String text(JsonObject object, String field, String standard) {
            JsonValue value = object.get(field);
            if (value == null) {
                return standard;
            }
            if (!(value instanceof JsonString text)) {
                throw wrong(field, value, "must be a text");
            }
            return text.getString();
        }

        private JsonObject object(String field, JsonValue value) {
            if (value == null) {
                return JsonValue.EMPTY_JSON_OBJECT;
            }
            if (!(value instanceof JsonObject object)) {
                throw wrong(field, value, "must be an object");
            }
            return object;
        }

        private LaunchException wrong(String field, Object value, String must) {
            return FeatureFile.wrong(path, field, value, must);
        }
    }
}
