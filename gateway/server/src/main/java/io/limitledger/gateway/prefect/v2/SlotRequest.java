package io.limitledger.gateway.prefect.v2;

import io.limitledger.gateway.prefect.limit.LimitFields;
import io.limitledger.gateway.prefect.request.ChoiceField;
import io.limitledger.gateway.prefect.request.PartFields;
import java.util.List;

/**
 * What somebody wants to take.
 *
 * @param onlyDecaying whether each limit must be a rate limit
 */
record SlotRequest(long slots, List<String> names, boolean onlyDecaying) {
    private static final String RATE_LIMIT = "rate_limit";
    private static final String CONCURRENCY = "concurrency";
    private static final ChoiceField MODE = ChoiceField.of(CONCURRENCY, RATE_LIMIT);

    static SlotRequest of(PartFields fields) {
        return new SlotRequest(
                fields.required("slots", LimitFields.SLOTS, 1L),
                fields.required("names", LimitFields.NAMES, List.of()),
                fields.optional("mode", MODE, CONCURRENCY).equals(RATE_LIMIT));
    }

    SlotRequest without(String name) {
        return new SlotRequest(
                slots, names.stream().filter(other -> !other.equals(name)).toList(), onlyDecaying);
    }
}
