package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A whole number. {@code 1.0}, {@code true} and text with digits count as one.
 *
 * @param least the smallest that is valid
 * @param isExclusive whether the bound is reported as "greater than" the number before it
 * @param most the largest that is valid
 */
public record IntegerField(long least, boolean isExclusive, long most) implements FieldType<Long> {
    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9]+(_[0-9]+)*(\\.0*)?");

    public static IntegerField any() {
        return new IntegerField(Long.MIN_VALUE, false, Long.MAX_VALUE);
    }

    public static IntegerField atLeast(long least, long most) {
        return new IntegerField(least, false, most);
    }

    public static IntegerField moreThan(long bound, long most) {
        return new IntegerField(bound + 1, true, most);
    }

    @Override
    public @Nullable Long read(JsonNode value, Place place, Mistakes mistakes) {
        BigInteger number = number(value, place, mistakes);
        return number == null ? null : within(number, value, place, mistakes);
    }

    private @Nullable Long within(BigInteger number, JsonNode value, Place place, Mistakes mistakes) {
        if (number.compareTo(BigInteger.valueOf(least)) < 0) {
            tooSmall(value, place, mistakes);
            return null;
        }
        if (number.compareTo(BigInteger.valueOf(most)) > 0) {
            String message = "Input should be less than or equal to " + most;
            mistakes.add("less_than_equal", place, message, value, "le", most);
            return null;
        }
        return number.longValueExact();
    }

    private void tooSmall(JsonNode value, Place place, Mistakes mistakes) {
        if (isExclusive) {
            String message = "Input should be greater than " + (least - 1);
            mistakes.add("greater_than", place, message, value, "gt", least - 1);
        } else {
            String message = "Input should be greater than or equal to " + least;
            mistakes.add("greater_than_equal", place, message, value, "ge", least);
        }
    }

    private static @Nullable BigInteger number(JsonNode value, Place place, Mistakes mistakes) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (value.isNumber()) {
            return ofFraction(value, place, mistakes);
        }
        if (value.isTextual()) {
            return ofText(value, place, mistakes);
        }
        mistakes.add("int_type", place, "Input should be a valid integer", value);
        return null;
    }

    private static @Nullable BigInteger ofFraction(JsonNode value, Place place, Mistakes mistakes) {
        double number = value.doubleValue();
        if (!Double.isFinite(number)) {
            mistakes.add("finite_number", place, "Input should be a finite number", value);
            return null;
        }
        if (number != Math.rint(number)) {
            String message = "Input should be a valid integer, got a number with a fractional part";
            mistakes.add("int_from_float", place, message, value);
            return null;
        }
        if (Math.abs(number) >= 0x1p63) {
            String message = "Unable to parse input string as an integer, exceeded maximum size";
            mistakes.add("int_parsing_size", place, message, value);
            return null;
        }
        return new BigDecimal(number).toBigIntegerExact();
    }

    private static @Nullable BigInteger ofText(JsonNode value, Place place, Mistakes mistakes) {
        String text = value.textValue().strip();
        if (!DIGITS.matcher(text).matches()) {
            String message = "Input should be a valid integer, unable to parse string as an integer";
            mistakes.add("int_parsing", place, message, value);
            return null;
        }
        int point = text.indexOf('.');
        return new BigInteger(
                (point < 0 ? text : text.substring(0, point)).replace("_", "").replace("+", ""));
    }
}
