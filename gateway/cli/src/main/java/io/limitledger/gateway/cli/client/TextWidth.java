package io.limitledger.gateway.cli.client;

/** How many columns of a terminal a text takes: letters of East Asian scripts and emoji take two, combining marks none. */
public final class TextWidth {
    private static final int ZERO_WIDTH_JOINER = 0x200d;

    private TextWidth() {}

    public static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** The beginning of a text that fits, with a sign that something is left out. */
    public static String shortened(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int left = width - 1;
        for (int index = 0; index < text.length(); ) {
            int character = text.codePointAt(index);
            left -= of(character);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(character);
            index += Character.charCount(character);
        }
        return kept + "…";
    }

    private static int of(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || character == ZERO_WIDTH_JOINER
                || (character >= 0xfe00 && character <= 0xfe0f)) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    private static boolean isWide(int character) {
        return (character >= 0x1100 && character <= 0x115f)
                || (character >= 0x2e80 && character <= 0xa4cf)
                || (character >= 0xac00 && character <= 0xd7a3)
                || (character >= 0xf900 && character <= 0xfaff)
                || (character >= 0xfe30 && character <= 0xfe6f)
                || (character >= 0xff00 && character <= 0xff60)
                || (character >= 0x1f300 && character <= 0x1faff)
                || (character >= 0x20000 && character <= 0x3fffd);
    }
}
