package io.limitledger.gateway.access;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rights that a subject has.
 *
 * @param subject name of a principal, such as {@code user:alice@example.com}, {@code group:NAME}, or {@code anyone} for each
 *     authenticated principal
 * @param setBy principal; null if the operator did it on the machine
 */
public record Grant(
        String subject,
        List<Allowed> allow,
        Instant setAt,
        @Nullable String setBy) {
    /** Each authenticated principal. */
    public static final String ANYONE = "anyone";

    private static final String GROUP = "group";
    private static final Set<String> KINDS = Set.of("token", "user", "cert", "proxy", GROUP);

    public Grant {
        checkSubject(subject);
        Allowed.checkNumber(allow);
        allow = List.copyOf(allow);
    }

    /**
     * Whether a subject may have this name.
     *
     * @throws IllegalArgumentException if none may
     */
    public static void checkSubject(String subject) {
        int colon = subject.indexOf(':');
        boolean isOfKind = colon > 0 && colon + 1 < subject.length() && KINDS.contains(subject.substring(0, colon));
        if (!subject.equals(ANYONE) && !isOfKind) {
            throw new IllegalArgumentException("a subject is '" + ANYONE + "', or one of "
                    + KINDS.stream().sorted().collect(Collectors.joining(", "))
                    + " with a colon and a name, such as group:platform or user:alice@example.com");
        }
        if (subject.length() > Principal.MAX_CHARACTERS) {
            throw new IllegalArgumentException("a subject has at most " + Principal.MAX_CHARACTERS
                    + " characters, but this one has " + subject.length());
        }
        if (subject.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a subject has no control characters");
        }
    }

    static String ofGroup(String group) {
        return GROUP + ":" + group;
    }
}
