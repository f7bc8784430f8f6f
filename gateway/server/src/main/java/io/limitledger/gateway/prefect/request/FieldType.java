package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a field may hold, and how input is converted to it: as leniently as the reference does. */
@FunctionalInterface
public interface FieldType<T> {
    /** Any text in whole Unicode characters. */
    FieldType<String> TEXT = FieldType::text;

    /** Yes or no, in any of the ways in which people write that. */
    FieldType<Boolean> BOOLEAN = FieldType::yesOrNo;

    /** Null if it is not valid; then at least one mistake was added. */
    @Nullable
    T read(JsonNode value, Place place, Mistakes mistakes);

    /** One of a few words. */
    static FieldType<String> oneOf(String... words) {
        return (value, place, mistakes) -> {
            if (value.isTextual() && List.of(words).contains(value.textValue())) {
                return value.textValue();
            }
            String expected = inQuotes(words);
            mistakes.add("literal_error", place, "Input should be " + expected, value, "expected", expected);
            return null;
        };
    }

    /** With commas, and "or" before the last. */
    private static String inQuotes(String... words) {
        int last = words.length - 1;
        String first =
                Stream.of(words).limit(last).map(word -> "'" + word + "'").collect(Collectors.joining(", "));
        return first + " or '" + words[last] + "'";
    }

    /** A list, each item of the same type. All items that are not valid are reported. */
    static <T> FieldType<List<T>> listOf(FieldType<T> items) {
        return (value, place, mistakes) -> {
            if (!value.isArray()) {
                mistakes.add("list_type", place, "Input should be a valid list", value);
                return null;
            }
            List<T> valid = new ArrayList<>();
            for (int number = 0; number < value.size(); number++) {
                T item = items.read(value.get(number), place.at(number), mistakes);
                if (item != null) {
                    valid.add(item);
                }
            }
            return valid.size() == value.size() ? valid : null;
        };
    }

    private static @Nullable String text(JsonNode value, Place place, Mistakes mistakes) {
        if (!value.isTextual()) {
            mistakes.add("string_type", place, "Input should be a valid string", value);
            return null;
        }
        if (!EchoedInput.isWhole(value.textValue())) {
            String message = "Input should be a valid string, unable to parse raw data as a unicode string";
            mistakes.add("string_unicode", place, message, value);
            return null;
        }
        return value.textValue();
    }

    private static @Nullable Boolean yesOrNo(JsonNode value, Place place, Mistakes mistakes) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        boolean isWhole = value.doubleValue() == Math.rint(value.doubleValue());
        boolean isSmall = value.isNumber() && !value.isBigInteger();
        if (!value.isTextual() && !(isSmall && isWhole)) {
            mistakes.add("bool_type", place, "Input should be a valid boolean", value);
            return null;
        }
        String word = value.isFloatingPointNumber()
                ? Long.toString((long) value.doubleValue())
                : value.asText().toLowerCase(Locale.ROOT);
        if (Set.of("1", "on", "t", "true", "y", "yes").contains(word)) {
            return true;
        }
        if (Set.of("0", "off", "f", "false", "n", "no").contains(word)) {
            return false;
        }
        mistakes.add("bool_parsing", place, "Input should be a valid boolean, unable to interpret input", value);
        return null;
    }
}
