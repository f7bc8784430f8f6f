package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** UUIDs in their spellings: with dashes or without, in braces, as a URN, in any case. */
public final class UuidField {
    /** A UUID in a field: one of the spellings, whole. */
    public static final FieldType<UUID> TYPE = UuidField::read;

    private static final Pattern PLAIN = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern DASHED =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern STRANGE = Pattern.compile("[^0-9a-fA-F-]");
    private static final String URN = "urn:uuid:";

    private UuidField() {}

    private static @Nullable UUID read(JsonNode value, Place place, Mistakes mistakes) {
        if (!value.isTextual()) {
            String message = "UUID input should be a string, bytes or UUID object";
            mistakes.add("uuid_type", place, message, value);
            return null;
        }
        UUID id = strict(value.textValue());
        if (id == null) {
            String reason = reason(value.textValue());
            String message = "Input should be a valid UUID, " + reason;
            mistakes.add("uuid_parsing", place, message, value, "error", reason);
        }
        return id;
    }

    private static @Nullable UUID strict(String text) {
        String bare = bare(text);
        boolean isPlain = bare.equals(text) && PLAIN.matcher(bare).matches();
        boolean isValid = isPlain || DASHED.matcher(bare).matches();
        return isValid ? ofDigits(bare.replace("-", "")) : null;
    }

    private static String bare(String text) {
        if (text.startsWith(URN)) {
            return text.substring(URN.length());
        }
        boolean isBraced = text.length() > 1 && text.startsWith("{") && text.endsWith("}");
        return isBraced ? text.substring(1, text.length() - 1) : text;
    }

    /** In the words of the reference, as far as a client that was not written to break it can see them. */
    private static String reason(String text) {
        String bare = bare(text);
        Matcher strange = STRANGE.matcher(bare);
        if (strange.find()) {
            int prefix = text.startsWith(URN) ? URN.length() : (text.length() - bare.length()) / 2;
            int at = prefix + strange.start();
            String found = EchoedInput.of(Character.toString(text.codePointAt(at)));
            return "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `"
                    + found + "` at " + (at + 1);
        }
        return bare.indexOf('-') < 0
                ? "invalid length: expected length 32 for simple format, found " + text.length()
                : "invalid group length: expected 8, 4, 4, 4 and 12 digits";
    }

    /** As in paths, where dashes may be anywhere. Null if it is not a UUID. */
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
