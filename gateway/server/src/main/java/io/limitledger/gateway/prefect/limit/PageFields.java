package io.limitledger.gateway.prefect.limit;

import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Detail;
import io.limitledger.gateway.prefect.request.IntegerField;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;

/** Which part of a list is wanted. */
public record PageFields(long offset, int limit) {
    private static final long MAX_LIMIT = 200;
    private static final IntegerField LIMIT = IntegerField.any();
    private static final IntegerField OFFSET = IntegerField.atLeast(0, Long.MAX_VALUE);

    public static PageFields of(PrefectRequest request) {
        PartFields fields = request.parts();
        long limit = fields.optional("limit", LIMIT, MAX_LIMIT);
        // Looked at by itself, before the offset is, and told in another shape.
        if (limit < 0 || limit > MAX_LIMIT) {
            String bound = limit < 0 ? "greater than or equal to 0." : "less than or equal to " + MAX_LIMIT + ".";
            throw new AnswerException(Detail.answer(422, "Invalid limit: must be " + bound));
        }
        long offset = fields.optional("offset", OFFSET, 0L);
        request.check();
        return new PageFields(offset, (int) limit);
    }
}
