package io.limitledger.gateway.access;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a route needs of who asks. Each route declares it where it is added, so that none is open by accident.
 *
 * @param right null if none is needed
 * @param parameter the parameter of the path that names the limit; null if the right is needed on every limit
 */
public record Need(
        Kind kind, @Nullable Right right, @Nullable String parameter) {
    /** How much must be known of the caller before the handler is asked. */
    public enum Kind {
        /** Nothing: health, documents, the page that asks for a token. */
        PUBLIC,
        /** Who it is. The handler shows only what the caller may read, or checks the limits that the body names. */
        CALLER,
        /** That it has a right, on one limit or on all. */
        RIGHT
    }

    public static final Need PUBLIC = new Need(Kind.PUBLIC, null, null);
    public static final Need CALLER = new Need(Kind.CALLER, null, null);

    /** A right on the limit that a parameter of the path names. */
    public static Need limit(Right right, String parameter) {
        return new Need(Kind.RIGHT, right, Objects.requireNonNull(parameter));
    }

    /** A right on every limit. */
    public static Need all(Right right) {
        return new Need(Kind.RIGHT, right, null);
    }

    /** As the contract has it: {@code public}, {@code caller}, {@code hold:{name}} or {@code read:*}. */
    public String text() {
        return right == null
                ? kind.name().toLowerCase(Locale.ROOT)
                : right.word() + ":" + (parameter == null ? NamePattern.ALL.text() : "{" + parameter + "}");
    }
}
