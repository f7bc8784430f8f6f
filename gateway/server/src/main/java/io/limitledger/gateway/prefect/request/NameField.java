package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.limitledger.core.state.Bounds;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a limit. The pattern is the reference's; the longest length, and the refusal of control characters and of
 * reserved names, are ours.
 *
 * @param prefix is put before the text, and counts with it
 * @param reserved names that users cannot give
 */
public record NameField(String prefix, Set<String> reserved) implements FieldType<String> {
    private static final String PATTERN = "^[^/%&><]+$";
    private static final Pattern FORBIDDEN = Pattern.compile("[/%&><]");

    @Override
    public @Nullable String read(JsonNode value, Place place, Mistakes mistakes) {
        String text = FieldType.TEXT.read(value, place, mistakes);
        if (text == null) {
            return null;
        }
        String name = prefix + text;
        if (name.isEmpty() || FORBIDDEN.matcher(name).find()) {
            String message = "String should match pattern '" + PATTERN + "'";
            mistakes.add("string_pattern_mismatch", place, message, value, "pattern", PATTERN);
            return null;
        }
        return isOurs(name, value, place, mistakes) ? name : null;
    }

    private boolean isOurs(String name, JsonNode value, Place place, Mistakes mistakes) {
        if (name.length() > Bounds.NAME_CHARACTERS) {
            int most = Bounds.NAME_CHARACTERS - prefix.length();
            String message = "String should have at most " + most + " characters";
            mistakes.add("string_too_long", place, message, value, "max_length", most);
            return false;
        }
        String reason = reason(name);
        if (reason != null) {
            String message = "Value error, " + reason;
            mistakes.add("value_error", place, message, value, "error", JsonNodeFactory.instance.objectNode());
            return false;
        }
        return true;
    }

    private @Nullable String reason(String name) {
        if (reserved.contains(name)) {
            return "expected another name, because this one is reserved";
        }
        if (name.equals(".") || name.equals("..")) {
            return "expected another name, because most clients take this one for a step in a path";
        }
        return name.chars().anyMatch(Character::isISOControl) ? "expected no control characters" : null;
    }
}
