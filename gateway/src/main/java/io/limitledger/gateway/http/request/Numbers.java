package io.limitledger.gateway.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as JSON has them: {@code 10}, {@code 10.0} and {@code 1e1} are the same one. */
final class Numbers {
    /** Digits that always fit a {@code long}; beyond it no count of anything is valid. */
    private static final int MAX_DIGITS = 18;

    private Numbers() {}

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
