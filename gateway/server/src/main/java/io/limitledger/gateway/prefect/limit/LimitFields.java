package io.limitledger.gateway.prefect.limit;

import io.limitledger.core.state.Bounds;
import io.limitledger.gateway.prefect.request.BooleanField;
import io.limitledger.gateway.prefect.request.FieldType;
import io.limitledger.gateway.prefect.request.IntegerField;
import io.limitledger.gateway.prefect.request.ListField;
import io.limitledger.gateway.prefect.request.NameField;
import io.limitledger.gateway.prefect.request.NumberField;
import io.limitledger.gateway.prefect.request.TextField;
import java.util.List;

/** What the fields of limits and of slots may hold. Lower bounds are the reference's, upper bounds the core's. */
public final class LimitFields {
    public static final FieldType<Boolean> ACTIVE = new BooleanField();
    public static final FieldType<String> NAME = new NameField("", ReservedLimit.NAMES);
    public static final FieldType<Long> LIMIT = IntegerField.atLeast(0, Bounds.SLOTS);
    public static final FieldType<Double> DECAY =
            NumberField.zeroOrAtLeast(Bounds.SMALLEST_DECAY_PER_SECOND, Bounds.DECAY_PER_SECOND);

    public static final FieldType<Long> SLOTS = IntegerField.moreThan(0, Bounds.SLOTS);
    public static final FieldType<List<String>> NAMES = new ListField<>(new TextField());

    private LimitFields() {}
}
