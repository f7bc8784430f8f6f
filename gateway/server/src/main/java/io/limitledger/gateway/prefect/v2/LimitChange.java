package io.limitledger.gateway.prefect.v2;

import io.limitledger.core.command.UpdateLimit.DefinitionChange;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.prefect.answer.LimitJson;
import io.limitledger.gateway.prefect.limit.RequestFields;
import io.limitledger.gateway.prefect.request.ModelFields;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a PATCH asks for; null leaves a field as it is.
 *
 * @param hasNull whether a field came as null, which is no value for any of them
 * @param activeSlots how many slots shall be occupied in all
 */
record LimitChange(
        boolean hasNull,
        @Nullable Boolean active,
        @Nullable String name,
        @Nullable Long limit,
        @Nullable Long activeSlots,
        @Nullable Long deniedSlots,
        @Nullable Double decay) {

    static LimitChange of(ModelFields fields) {
        boolean hasNull = Stream.of("active", "name", "limit", "active_slots", "denied_slots", "slot_decay_per_second")
                .anyMatch(fields::isNull);
        LimitChange change = new LimitChange(
                hasNull,
                fields.nullable("active", RequestFields.ACTIVE),
                fields.nullable("name", RequestFields.NAME),
                fields.nullable("limit", RequestFields.LIMIT),
                fields.nullable("active_slots", RequestFields.LIMIT),
                fields.nullable("denied_slots", RequestFields.LIMIT),
                fields.nullable("slot_decay_per_second", RequestFields.DECAY));
        fields.noOthers();
        return change;
    }

    /** @param now epoch milliseconds */
    DefinitionChange of(Limit before, long now) {
        return new DefinitionChange(
                LimitJson.wanted(limit, before), decay, active, unleased(before.bucketAt(now)), deniedSlots);
    }

    /**
     * The slots of leases stay occupied, whatever is asked for; only the rest can be set. And who writes back a whole limit
     * after changing something else in it does not mean the number that it had some time ago: that may take slots off, but
     * adds none, since they would never be given back.
     */
    private @Nullable Long unleased(Bucket bucket) {
        if (activeSlots == null || (isWhole() && activeSlots >= LimitJson.wholeSlots(bucket.levelMicros()))) {
            return null;
        }
        return Math.max(0, activeSlots - LimitJson.wholeSlots(bucket.levelMicros() - bucket.unleasedMicros()));
    }

    /** As forms and provisioning tools send it. Who means one field leaves the name out, since it is in the address. */
    private boolean isWhole() {
        return name != null;
    }
}
