package io.limitledger.gateway.cli.client;

/**
 * Text from elsewhere, such as what a holder said of itself, made harmless for a terminal: characters that control it, or
 * turn the direction of text around, are shown by their numbers.
 */
public final class Printable {
    private Printable() {}

    /** For people, on one line. */
    public static String of(String text) {
        return escaped(text, false);
    }

    /** JSON or YAML with the same meaning. Such characters are only within its quoted strings, where they may be written by number. */
    static String json(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean hasLines) {
        if (text.codePoints().noneMatch(character -> isHarmful(character, hasLines))) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.chars().forEach(unit -> {
            if (isHarmful(unit, hasLines)) {
                safe.append(String.format("\\u%04x", unit));
            } else {
                safe.append((char) unit);
            }
        });
        return safe.toString();
    }

    private static boolean isHarmful(int character, boolean hasLines) {
        if (hasLines && (character == '\n' || character == '\r')) {
            return false;
        }
        int type = Character.getType(character);
        return type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || turnsDirection(character);
    }

    private static boolean turnsDirection(int character) {
        return (character >= '\u202a' && character <= '\u202e')
                || (character >= '\u2066' && character <= '\u2069')
                || character == '\u200e'
                || character == '\u200f'
                || character == '\u061c';
    }
}
