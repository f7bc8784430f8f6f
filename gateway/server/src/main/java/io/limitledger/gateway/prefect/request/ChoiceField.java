package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of a few words. */
public record ChoiceField(List<String> words) implements FieldType<String> {
    public static ChoiceField of(String... words) {
        return new ChoiceField(List.of(words));
    }

    @Override
    public @Nullable String read(JsonNode value, Place place, Mistakes mistakes) {
        if (value.isTextual() && words.contains(value.textValue())) {
            return value.textValue();
        }
        mistakes.add("literal_error", place, "Input should be " + expected(), value, "expected", expected());
        return null;
    }

    /** In quotes, with commas, and "or" before the last. */
    private String expected() {
        int last = words.size() - 1;
        String first =
                words.subList(0, last).stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
        return first + " or '" + words.get(last) + "'";
    }
}
