package org.hmsach.api.http;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A JSON object of a request, read field by field; each wrong field gives a problem that names field, value and limit.
 *
 * <p>Resources take {@code Map<String, Object>} and wrap it. Decimals are JSON strings or numbers. Call {@link #done()}
 * after the last field: it refuses fields that nobody asked for. Not thread-safe.
 */
public final class Body {
    private static final Pattern UUID_SHAPE = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,30}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");
    /** Of the shapes that callers ask for; they are constants, so there are few. */
    private static final Map<String, Pattern> SHAPES = new ConcurrentHashMap<>();

    private final Map<String, Object> fields;
    private final Set<String> known = new HashSet<>();

    /** @throws ProblemException when there is no JSON object */
    public Body(Map<String, Object> fields) {
        if (fields == null) {
            throw new ProblemException(Problem.of(400, "MALFORMED", "the request needs a JSON object as its body"));
        }
        this.fields = fields;
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        known.add(field);
        return fields.get(field) != null;
    }

    /** A text of 1 to {@code max} characters. */
    public String text(String field, int max) {
        return optionalText(field, max).orElseThrow(() -> missing(field, "a text of 1 to " + max + " characters"));
    }

    /** A text of 1 to {@code max} characters, where present. */
    public Optional<String> optionalText(String field, int max) {
        Object value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.isEmpty() || text.length() > max) {
            throw wrong(field, value, "a text of 1 to " + max + " characters");
        }
        return Optional.of(text);
    }

    /** A text of the given shape. */
    public String text(String field, String pattern) {
        Object value = value(field);
        if (value == null) {
            throw missing(field, "text like " + pattern);
        }
        if (!(value instanceof String text) || !shape(pattern).matcher(text).matches()) {
            throw wrong(field, value, "text like " + pattern);
        }
        return text;
    }

    /** One of the names of the enum, in lower case. */
    public <E extends Enum<E>> E choice(String field, Class<E> type) {
        return optionalChoice(field, type).orElseThrow(() -> missing(field, choices(type)));
    }

    /** One of the names of the enum, in lower case, where present. */
    public <E extends Enum<E>> Optional<E> optionalChoice(String field, Class<E> type) {
        Object value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(field, value, choices(type))));
    }

    /**
     * A decimal above 0, as scaled long.
     *
     * @param scale decimals allowed, e.g. 8, or 2 for dollars
     * @param max   largest value, in major units
     */
    public long positive(String field, int scale, long max) {
        return optionalPositive(field, scale, max).orElseThrow(() -> missing(field, decimalLimit(scale, max)));
    }

    /** A decimal above 0, as scaled long, where present. */
    public Optional<Long> optionalPositive(String field, int scale, long max) {
        Object value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        Supplier<String> limit = () -> decimalLimit(scale, max);
        BigDecimal decimal = decimal(field, value, limit);
        if (decimal.signum() <= 0
                || decimal.compareTo(BigDecimal.valueOf(max)) > 0
                || decimal.stripTrailingZeros().scale() > scale) {
            throw wrong(field, value, limit.get());
        }
        return Optional.of(decimal.movePointRight(scale).longValueExact());
    }

    /** A whole number within bounds. */
    public long integer(String field, long min, long max) {
        return optionalInteger(field, min, max)
                .orElseThrow(() -> missing(field, "a whole number from " + min + " to " + max));
    }

    /** A whole number within bounds, where present. */
    public Optional<Long> optionalInteger(String field, long min, long max) {
        Object value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        Supplier<String> limit = () -> "a whole number from " + min + " to " + max;
        BigDecimal decimal = decimal(field, value, limit);
        if (decimal.stripTrailingZeros().scale() > 0
                || decimal.compareTo(BigDecimal.valueOf(min)) < 0
                || decimal.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw wrong(field, value, limit.get());
        }
        return Optional.of(decimal.longValueExact());
    }

    /** True or false. */
    public boolean flag(String field) {
        return optionalFlag(field).orElseThrow(() -> missing(field, "true or false"));
    }

    /** True or false, where present. */
    public Optional<Boolean> optionalFlag(String field) {
        Object value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Boolean flag)) {
            throw wrong(field, value, "true or false");
        }
        return Optional.of(flag);
    }

    /** A UUID. */
    public UUID uuid(String field) {
        return optionalUuid(field).orElseThrow(() -> missing(field, "a UUID"));
    }

    /** A UUID, where present. */
    public Optional<UUID> optionalUuid(String field) {
        Object value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || !UUID_SHAPE.matcher(text).matches()) {
            throw wrong(field, value, "a UUID");
        }
        return Optional.of(UUID.fromString(text));
    }

    /** A list of at most {@code maxSize} texts of the given shape. */
    public List<String> texts(String field, int maxSize, String pattern) {
        Object value = value(field);
        String limit = "a list of at most " + maxSize + " texts like " + pattern;
        if (value == null) {
            throw missing(field, limit);
        }
        if (!(value instanceof List<?> list)
                || list.size() > maxSize
                || !list.stream()
                        .allMatch(o -> o instanceof String s
                                && shape(pattern).matcher(s).matches())) {
            throw wrong(field, value, limit);
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** Refuses fields that nobody asked for. */
    public void done() {
        for (Map.Entry<String, Object> entry : fields.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw wrong(entry.getKey(), entry.getValue() == null ? "null" : entry.getValue(), "no such field");
            }
        }
    }

    /** The problem of a missing field. */
    public static ProblemException missing(String field, String limit) {
        return new ProblemException(Problem.field(field, "", limit, field + " is missing; it must be " + limit));
    }

    private Object value(String field) {
        known.add(field);
        return fields.get(field);
    }

    private static Pattern shape(String pattern) {
        return SHAPES.computeIfAbsent(pattern, Pattern::compile);
    }

    private static BigDecimal decimal(String field, Object value, Supplier<String> limit) {
        String text = value instanceof String || value instanceof Number ? value.toString() : "";
        if (!DECIMAL.matcher(text).matches()) {
            throw wrong(field, value, limit.get());
        }
        return new BigDecimal(text);
    }

    private static String decimalLimit(int scale, long max) {
        return "a decimal above 0, at most " + max + ", with at most " + scale + " decimals";
    }

    private static <E extends Enum<E>> String choices(Class<E> type) {
        return "one of "
                + String.join(
                        ", ",
                        Arrays.stream(type.getEnumConstants())
                                .map(e -> e.name().toLowerCase(Locale.ROOT))
                                .toList());
    }

    private static ProblemException wrong(String field, Object value, String limit) {
        String text = value.toString();
        String shown = text.length() > 100 ? text.substring(0, 100) + "…" : text;
        return new ProblemException(
                Problem.field(field, shown, limit, field + " is '" + shown + "'; it must be " + limit));
    }
}
