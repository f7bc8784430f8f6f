package io.limitledger.gateway.log;

/** Text for one line of a log: no longer than is worth reading, and no character that a terminal would act on. */
public final class SafeText {
    private static final int MOST_CHARACTERS = 2_000;

    private SafeText() {}

    /** The text with line breaks, control characters and whatever changes the direction of writing as escapes. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MOST_CHARACTERS));
        int end = text.length() <= MOST_CHARACTERS ? text.length() : text.offsetByCodePoints(0, firstCharacters(text));
        text.substring(0, end).codePoints().forEach(character -> append(line, character));
        return end == text.length() ? line.toString() : line + "... (" + text.length() + " characters)";
    }

    private static int firstCharacters(String text) {
        return Math.min(MOST_CHARACTERS, text.codePointCount(0, text.length()));
    }

    private static void append(StringBuilder line, int character) {
        if (character == '\t') {
            line.append(' ');
        } else if (isActedOn(character)) {
            line.append(String.format(java.util.Locale.ROOT, "\\u%04x", character));
        } else {
            line.appendCodePoint(character);
        }
    }

    private static boolean isActedOn(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.SURROGATE
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}
