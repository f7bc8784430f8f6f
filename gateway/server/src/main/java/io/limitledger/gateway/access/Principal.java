package io.limitledger.gateway.access;

import java.util.List;
import java.util.Set;

/**
 * Who asks, as the gateway knows it.
 *
 * @param name with its kind, such as {@code token:ci-deploy} or {@code user:alice@example.com}; at most
 *     {@value #MAX_CHARACTERS} characters; it is what the log says of who did something
 * @param groups names of its groups, such as {@code platform}
 * @param allowed what its credentials allow by themselves, such as those of a token, besides the rights given to its name and groups
 */
public record Principal(String name, Set<String> groups, List<Allowed> allowed) {
    /** As many as the log keeps of a name. */
    public static final int MAX_CHARACTERS = 255;

    public Principal {
        if (name.isEmpty() || name.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("the name of a principal has 1 to " + MAX_CHARACTERS
                    + " characters, but this one has " + name.length());
        }
        groups = Set.copyOf(groups);
        allowed = List.copyOf(allowed);
    }
}
