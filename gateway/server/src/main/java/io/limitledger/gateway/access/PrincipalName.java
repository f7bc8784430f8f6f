package io.limitledger.gateway.access;

/** Which names from outside may become names of principals, which are logged and shown. */
public final class PrincipalName {
    private PrincipalName() {}

    /** Whether it is short enough, and has neither control characters nor such that change the direction of a line. */
    public static boolean isUsable(String name) {
        boolean hasName = name.length() > name.indexOf(':') + 1;
        return hasName
                && name.length() <= Principal.MAX_CHARACTERS
                && name.equals(name.strip())
                && name.codePoints().allMatch(PrincipalName::isVisible);
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
