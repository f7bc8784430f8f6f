package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number with a fraction. Whole numbers, booleans and text count as one. It must be finite: the reference
 * lets NaN and Infinity in, and breaks when it has to show them.
 *
 * @param least the smallest that is valid, or the largest that is not
 * @param isExclusive whether the bound itself is not valid
 * @param most the largest that is valid
 * @param finest the smallest but zero
 */
public record NumberField(double least, boolean isExclusive, double most, double finest) implements FieldType<Double> {
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?([0-9]+(_[0-9]+)*)?(\\.[0-9]*)?(e[-+]?[0-9]+)?|[-+]?(inf|infinity|nan)");

    public static NumberField atLeast(double least, double most) {
        return new NumberField(least, false, most, 0);
    }

    public static NumberField zeroOrAtLeast(double finest, double most) {
        return new NumberField(0, false, most, finest);
    }

    public static NumberField moreThan(double bound) {
        return new NumberField(bound, true, Double.MAX_VALUE, 0);
    }

    @Override
    public @Nullable Double read(JsonNode value, Place place, Mistakes mistakes) {
        Double number = number(value, place, mistakes);
        return number == null ? null : within(number, value, place, mistakes);
    }

    private @Nullable Double within(double number, JsonNode value, Place place, Mistakes mistakes) {
        if (!Double.isFinite(number)) {
            mistakes.add("finite_number", place, "Input should be a finite number", value);
            return null;
        }
        if (isExclusive && number <= least) {
            mistakes.add("greater_than", place, "Input should be greater than " + plain(least), value, "gt", least);
            return null;
        }
        if (number < least || isTooFine(number)) {
            double bound = number < least ? least : finest;
            String message = "Input should be greater than or equal to " + plain(bound);
            mistakes.add("greater_than_equal", place, message, value, "ge", bound);
            return null;
        }
        return notAbove(number, value, place, mistakes);
    }

    private boolean isTooFine(double number) {
        return number > 0 && number < finest;
    }

    private @Nullable Double notAbove(double number, JsonNode value, Place place, Mistakes mistakes) {
        if (number <= most) {
            return number;
        }
        String message = "Input should be less than or equal to " + plain(most);
        mistakes.add("less_than_equal", place, message, value, "le", most);
        return null;
    }

    private static String plain(double bound) {
        return new BigDecimal(Double.toString(bound)).stripTrailingZeros().toPlainString();
    }

    private static @Nullable Double number(JsonNode value, Place place, Mistakes mistakes) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? 1.0 : 0.0;
        }
        if (!value.isTextual()) {
            mistakes.add("float_type", place, "Input should be a valid number", value);
            return null;
        }
        Double number = ofText(value.textValue().strip().toLowerCase(Locale.ROOT));
        if (number == null) {
            String message = "Input should be a valid number, unable to parse string as a number";
            mistakes.add("float_parsing", place, message, value);
        }
        return number;
    }

    private static @Nullable Double ofText(String text) {
        if (!NUMBER.matcher(text).matches() || text.chars().noneMatch(Character::isLetterOrDigit)) {
            return null;
        }
        if (text.endsWith("nan")) {
            return Double.NaN;
        }
        if (text.contains("inf")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        try {
            return Double.valueOf(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
