package io.limitledger.wire;

import java.util.Locale;

/** Text that came from outside, made fit for a line of a log or a terminal: one line, without control characters. */
public final class PlainText {
    private static final int MOST_CHARACTERS = 500;

    private PlainText() {}

    /** Control characters are escaped; what is longer than 500 characters is cut. */
    public static String of(String text) {
        return of(text, MOST_CHARACTERS);
    }

    /** The same with another bound. A tab becomes a space. */
    public static String of(String text, int mostCharacters) {
        if (text.length() <= mostCharacters) {
            return escaped(text);
        }
        boolean isInsidePair = Character.isHighSurrogate(text.charAt(mostCharacters - 1));
        int end = isInsidePair ? mostCharacters - 1 : mostCharacters;
        return escaped(text.substring(0, end)) + "... (" + text.length() + " characters)";
    }

    private static String escaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(plain, character));
        return plain.toString();
    }

    private static void append(StringBuilder plain, int character) {
        if (character == '\t') {
            plain.append(' ');
        } else if (isPlain(character)) {
            plain.appendCodePoint(character);
        } else {
            plain.append(String.format(Locale.ROOT, "\\u%04x", character));
        }
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
