package io.limitledger.gateway.prefect.limit;

import io.limitledger.core.state.Holder;
import io.limitledger.gateway.prefect.request.NumberField;
import io.limitledger.gateway.prefect.request.PartFields;
import org.jspecify.annotations.Nullable;

/** What requests say about leases. */
public final class LeaseFields {
    private static final double DEFAULT_SECONDS = 300;
    private static final NumberField DURATION = NumberField.atLeast(60, 86_400);
    private static final HolderField HOLDER = new HolderField();
    private static final double MILLIS_PER_SECOND = 1_000;

    private LeaseFields() {}

    /** In milliseconds. */
    public static long duration(PartFields fields) {
        return Math.round(fields.optional("lease_duration", DURATION, DEFAULT_SECONDS) * MILLIS_PER_SECOND);
    }

    public static @Nullable Holder holder(PartFields fields) {
        return fields.nullable("holder", HOLDER);
    }
}
