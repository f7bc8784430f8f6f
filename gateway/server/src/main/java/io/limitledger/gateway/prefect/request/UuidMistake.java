package io.limitledger.gateway.prefect.request;

/** Why a text is no UUID, in the words that clients know. */
final class UuidMistake {
    private static final String URN = "urn:uuid:";
    private static final int[] GROUPS = {8, 4, 4, 4, 12};

    private UuidMistake() {}

    static String in(String text) {
        boolean isBraced = text.startsWith("{") && text.endsWith("}") && text.length() > 1;
        boolean isUrn = text.startsWith(URN);
        String digits = isBraced ? text.substring(1, text.length() - 1) : isUrn ? text.substring(URN.length()) : text;
        int offset = isBraced ? 1 : isUrn ? URN.length() : 0;
        for (int index = 0; index < digits.length(); index = digits.offsetByCodePoints(index, 1)) {
            int character = digits.codePointAt(index);
            if (character != '-' && !isHexDigit(character)) {
                return "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `"
                        + Echo.of(Character.toString(character)) + "` at " + (index + offset + 1);
            }
        }
        return ofGroups(digits.split("-", -1), isBraced || isUrn, text.length());
    }

    private static boolean isHexDigit(int character) {
        return character < 0x80 && Character.digit(character, 16) >= 0;
    }

    private static String ofGroups(String[] groups, boolean isWrapped, int length) {
        if (groups.length == 1 && !isWrapped) {
            return "invalid length: expected length 32 for simple format, found " + length;
        }
        if (groups.length != GROUPS.length) {
            return "invalid group count: expected 5, found " + groups.length;
        }
        int group = 0;
        while (group < GROUPS.length - 1 && groups[group].length() == GROUPS[group]) {
            group++;
        }
        return "invalid group length in group " + group + ": expected " + GROUPS[group] + ", found "
                + groups[group].length();
    }
}
