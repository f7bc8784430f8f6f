package io.limitledger.gateway.prefect.limit;

import io.limitledger.core.state.Bounds;
import io.limitledger.gateway.prefect.answer.AnswerException;
import io.limitledger.gateway.prefect.answer.Errors;
import io.limitledger.gateway.prefect.request.FieldType;
import io.limitledger.gateway.prefect.request.IntegerField;
import io.limitledger.gateway.prefect.request.NameField;
import io.limitledger.gateway.prefect.request.NumberField;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import java.util.List;

/** The values that the fields of limits, slots and pages may hold. Lower bounds are the reference's, upper bounds the core's. */
public final class RequestFields {
    public static final FieldType<Boolean> ACTIVE = FieldType.BOOLEAN;
    public static final FieldType<String> NAME = new NameField("", ReservedLimit.NAMES);
    public static final FieldType<Long> LIMIT = IntegerField.atLeast(0, Bounds.SLOTS);
    public static final FieldType<Double> DECAY =
            NumberField.zeroOrAtLeast(Bounds.SMALLEST_DECAY_PER_SECOND, Bounds.DECAY_PER_SECOND);
    public static final FieldType<Long> SLOTS = IntegerField.moreThan(0, Bounds.SLOTS);
    public static final FieldType<List<String>> NAMES = FieldType.listOf(FieldType.TEXT);
    private static final long LARGEST_PAGE = 200;
    private static final IntegerField PAGE_LIMIT = IntegerField.any();
    private static final IntegerField PAGE_OFFSET = IntegerField.atLeast(0, Long.MAX_VALUE);

    private RequestFields() {}

    /** A part of a list. */
    public record Page(long offset, int limit) {}

    public static Page page(PrefectRequest request) {
        PartFields fields = request.parts();
        long limit = fields.optional("limit", PAGE_LIMIT, LARGEST_PAGE);
        // Checked by itself, before the offset is, and reported in another shape.
        if (limit < 0 || limit > LARGEST_PAGE) {
            String bound = limit < 0 ? "greater than or equal to 0." : "less than or equal to " + LARGEST_PAGE + ".";
            throw new AnswerException(Errors.detail(422, "Invalid limit: must be " + bound));
        }
        long offset = fields.optional("offset", PAGE_OFFSET, 0L);
        request.check();
        return new Page(offset, (int) limit);
    }
}
