package org.hmsach.conformance;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages of a manifest header with their attributes. */
final class Clauses {
    private static final Pattern CLAUSE = Pattern.compile("((?:[^,\"]|\"[^\"]*\")+)");
    private static final Pattern PART = Pattern.compile("((?:[^;\"]|\"[^\"]*\")+)");

    private Clauses() {}

    static Map<String, Map<String, String>> of(String header) {
        Map<String, Map<String, String>> clauses = new TreeMap<>();
        Matcher clause = CLAUSE.matcher(header);
        while (clause.find()) {
            Map<String, String> attributes = new TreeMap<>();
            Matcher part = PART.matcher(clause.group(1));
            String name = "";
            while (part.find()) {
                String text = part.group(1).trim();
                int equals = text.indexOf('=');
                if (equals < 0) {
                    name = text;
                } else if (!text.substring(0, equals).endsWith(":")) {
                    attributes.put(
                            text.substring(0, equals).trim(),
                            text.substring(equals + 1).replace("\"", "").trim());
                }
            }
            clauses.put(name, attributes);
        }
        return clauses;
    }
}
