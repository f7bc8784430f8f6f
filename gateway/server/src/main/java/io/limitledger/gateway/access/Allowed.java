package io.limitledger.gateway.access;

/** A right on the limits that a pattern fits, such as {@code hold:deploy-*}. */
public record Allowed(Right right, NamePattern limits) {
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

    @Override
    public String toString() {
        return right.word() + ":" + limits.text();
    }
}
