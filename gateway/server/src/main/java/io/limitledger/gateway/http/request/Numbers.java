package io.limitledger.gateway.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as JSON has them: {@code 10}, {@code 10.0} and {@code 1e1} are the same one. */
final class Numbers {
    /** Digits that always fit a {@code long}; beyond it no count of anything is valid. */
    private static final int MAX_DIGITS = 18;

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private Numbers() {}

    /** A count in ASCII digits, as parameters have it; null if the text is something else. */
    static @Nullable Long count(String text) {
        return DIGITS.matcher(text).matches() ? Long.valueOf(text) : null;
    }

    /** Never rounded to zero, which would mean something else. */
    static double fraction(JsonNode node) {
        double number = node.doubleValue();
        return number == 0 ? node.decimalValue().signum() * Double.MIN_VALUE : number;
    }

    /** Whether all numbers in it are the same when they have been read as IEEE doubles, or as whole numbers. */
    static boolean areKept(JsonNode node) {
        if (node.isContainerNode()) {
            return node.valueStream().allMatch(Numbers::areKept);
        }
        if (!node.isNumber() || node.isIntegralNumber()) {
            return true;
        }
        double number = node.doubleValue();
        return Double.isFinite(number) && BigDecimal.valueOf(number).compareTo(node.decimalValue()) == 0;
    }

    /** Null if the node is no whole number, or none that a {@code long} holds. */
    static @Nullable Long whole(JsonNode node) {
        if (!node.isNumber()) {
            return null;
        }
        BigDecimal number = node.decimalValue().stripTrailingZeros();
        // The size first: an exponent of a billion must not be written out.
        boolean isSmall = (long) number.precision() - number.scale() <= MAX_DIGITS;
        return isSmall && number.scale() <= 0 ? number.longValueExact() : null;
    }
}
