package io.limitledger.gateway.prefect.request;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UUIDs in their spellings: with dashes or without, in braces, as a URN, in any case. */
public final class UuidText {
    private static final Pattern PLAIN = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern DASHED =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final String URN = "urn:uuid:";

    private UuidText() {}

    /** As in bodies: one of the spellings, whole. */
    static @Nullable UUID strict(String text) {
        String bare = text.startsWith(URN) ? text.substring(URN.length()) : text;
        if (bare.equals(text) && text.startsWith("{") && text.endsWith("}")) {
            bare = text.substring(1, text.length() - 1);
        }
        boolean isPlain = bare.equals(text) && PLAIN.matcher(bare).matches();
        boolean isValid = isPlain || DASHED.matcher(bare).matches();
        return isValid ? ofDigits(bare.replace("-", "")) : null;
    }

    /** As in paths, where dashes may stand anywhere. */
    public static @Nullable UUID lenient(String text) {
        String digits = text.replace("urn:", "")
                .replace("uuid:", "")
                .replaceAll("^[{}]+|[{}]+$", "")
                .replace("-", "");
        return PLAIN.matcher(digits).matches() ? ofDigits(digits) : null;
    }

    private static UUID ofDigits(String digits) {
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
    }
}
