package org.hmsach.api.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One sentence about an operation for {@code /openapi.json}; {@code kind} names it on the outcome clock. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Doc {
    /** What the operation does. */
    String value();

    /** Request kind on the outcome clock, e.g. {@code "order.place"}; empty: method and path. */
    String kind() default "";
}
