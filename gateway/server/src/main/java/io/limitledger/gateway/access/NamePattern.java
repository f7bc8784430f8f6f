package io.limitledger.gateway.access;

/**
 * Which names of limits are meant. {@code *} stands for any characters, also none; every other character for itself.
 *
 * @param text 1 to {@value #MAX_CHARACTERS} characters
 */
public record NamePattern(String text) {
    /** No name of a limit is longer; one pattern that fits a name must be writable. */
    public static final int MAX_CHARACTERS = 255;

    public static final NamePattern ALL = new NamePattern("*");

    private static final char ANY = '*';

    public NamePattern {
        if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a pattern of limit names has 1 to " + MAX_CHARACTERS
                    + " characters, but this one has " + text.length() + "; '*' stands for all limits");
        }
    }

    /** Whether it fits the whole of a name. */
    public boolean matches(String name) {
        int inName = 0;
        int inText = 0;
        int afterStar = -1;
        int nameAtStar = 0;
        while (inName < name.length()) {
            if (inText < text.length() && text.charAt(inText) == ANY) {
                inText++;
                afterStar = inText;
                nameAtStar = inName;
            } else if (inText < text.length() && text.charAt(inText) == name.charAt(inName)) {
                inText++;
                inName++;
            } else if (afterStar >= 0) {
                // The last star takes one character more.
                nameAtStar++;
                inName = nameAtStar;
                inText = afterStar;
            } else {
                return false;
            }
        }
        return text.substring(inText).chars().allMatch(left -> left == ANY);
    }

    /** Whether it fits one name only. */
    public boolean isExact() {
        return text.indexOf(ANY) < 0;
    }

    /** Whether it fits every name. */
    public boolean isAll() {
        return text.chars().allMatch(one -> one == ANY);
    }
}
