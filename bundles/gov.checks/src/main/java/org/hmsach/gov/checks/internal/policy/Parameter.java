package org.hmsach.gov.checks.internal.policy;

import java.util.List;
import org.hmsach.api.http.Body;

/** One parameter of a rule: its standard value and what it may be. */
public sealed interface Parameter {
    String name();

    String standard();

    /** The value in the body, or the present one; a wrong one is a problem that names field, value and limit. */
    String read(Body body, String present);

    /** A whole number within bounds. */
    record Whole(String name, long standardValue, long min, long max) implements Parameter {
        @Override
        public String standard() {
            return Long.toString(standardValue);
        }

        @Override
        public String read(Body body, String present) {
            return body.optionalInteger(name, min, max)
                    .map(number -> Long.toString(number))
                    .orElse(present);
        }
    }

    /** One of some words; the first is the standard. */
    record Choice(String name, List<String> words) implements Parameter {
        @Override
        public String standard() {
            return words.get(0);
        }

        @Override
        public String read(Body body, String present) {
            return body.has(name) ? body.text(name, String.join("|", words)) : present;
        }
    }
}
