package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Yes or no, in any of the ways in which people write that. */
public final class BooleanField implements FieldType<Boolean> {
    private static final Set<String> YES = Set.of("1", "on", "t", "true", "y", "yes");
    private static final Set<String> NO = Set.of("0", "off", "f", "false", "n", "no");

    @Override
    public @Nullable Boolean read(JsonNode value, Place place, Mistakes mistakes) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (!isWord(value)) {
            mistakes.add("bool_type", place, "Input should be a valid boolean", value);
            return null;
        }
        String word =
                value.isFloatingPointNumber() ? whole(value) : value.asText().toLowerCase(Locale.ROOT);
        if (YES.contains(word) || NO.contains(word)) {
            return YES.contains(word);
        }
        mistakes.add("bool_parsing", place, "Input should be a valid boolean, unable to interpret input", value);
        return null;
    }

    private static boolean isWord(JsonNode value) {
        boolean isWhole = value.doubleValue() == Math.rint(value.doubleValue());
        boolean isSmall = value.isNumber() && !value.isBigInteger();
        return value.isTextual() || (isSmall && isWhole);
    }

    private static String whole(JsonNode number) {
        return Long.toString((long) number.doubleValue());
    }
}
