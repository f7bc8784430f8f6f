package io.limitledger.wire;

import java.util.Locale;

/** Text that came from outside, made fit for a line of a log or a terminal: one line, without control characters. */
public final class PlainText {
    private static final int MOST_CHARACTERS = 500;

    private PlainText() {}

    /** Control characters are escaped; what is longer than 500 characters is cut. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder();
        String cut = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
        cut.codePoints().forEach(character -> {
            if (isPlain(character)) {
                plain.appendCodePoint(character);
            } else {
                plain.append(String.format(Locale.ROOT, "\\u%04x", character));
            }
        });
        return plain.toString();
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
