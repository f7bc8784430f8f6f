package io.limitledger.gateway.access;

import java.util.List;

/** A right on the limits that a pattern fits, such as {@code hold:deploy-*}. */
public record Allowed(Right right, NamePattern limits) {
    /** Each request compares patterns one by one. */
    private static final int MAX = 100;

    /**
     * Reads its text.
     *
     * @throws IllegalArgumentException if it is not of this form; the message says what is wrong and what to write
     */
    public static Allowed parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no right; write read, hold, define or admin, a colon,"
                            + " and a pattern of limit names, such as hold:deploy-*");
        }
        String word = text.substring(0, colon);
        Right right = Right.of(word)
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' in '" + text
                        + "' is not a right; rights are read, hold, define and admin, as in hold:deploy-*"));
        return new Allowed(right, new NamePattern(text.substring(colon + 1)));
    }

    /**
     * Whether so many may be given at once.
     *
     * @throws IllegalArgumentException if they are too many
     */
    public static void checkNumber(List<Allowed> allowed) {
        if (allowed.size() > MAX) {
            throw new IllegalArgumentException("at most " + MAX + " rights may be given at once, but these are "
                    + allowed.size() + "; patterns such as hold:deploy-* stand for many limits");
        }
    }

    @Override
    public String toString() {
        return right.word() + ":" + limits.text();
    }
}
