package io.limitledger.gateway.prefect.v2;

import io.limitledger.client.Asking;
import io.limitledger.core.command.ReturnSlots;
import io.limitledger.core.state.Bounds;
import io.limitledger.core.state.Limit;
import io.limitledger.gateway.http.HttpAnswer;
import io.limitledger.gateway.prefect.answer.MinimalLimit;
import io.limitledger.gateway.prefect.limit.LimitFields;
import io.limitledger.gateway.prefect.limit.LimitLookup;
import io.limitledger.gateway.prefect.request.NumberField;
import io.limitledger.gateway.prefect.request.PartFields;
import io.limitledger.gateway.prefect.request.PrefectRequest;
import io.limitledger.gateway.prefect.route.PrefectHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v2/concurrency_limits/decrement}: returns slots that were taken without a lease, on each limit by itself
 * and as many as there are.
 */
record DecrementRoute(Asking ledger, LimitLookup lookup) implements PrefectHandler {
    private static final NumberField OCCUPANCY = NumberField.moreThan(0);
    private static final double MILLIS_PER_SECOND = 1_000;

    @Override
    public CompletableFuture<HttpAnswer> handle(PrefectRequest request) {
        PartFields fields = request.parts();
        long slots = fields.required("slots", LimitFields.SLOTS, 1L);
        List<String> names = fields.required("names", LimitFields.NAMES, List.of());
        long occupancyMillis = millis(fields.nullable("occupancy_seconds", OCCUPANCY));
        fields.nullable("create_if_missing", LimitFields.ACTIVE);
        request.check();
        return lookup.definitionsCaughtUp()
                .thenCompose(lookup -> giveBack(lookup.byNames(names), slots, occupancyMillis));
    }

    private CompletableFuture<HttpAnswer> giveBack(List<Limit> limits, long slots, long occupancyMillis) {
        CompletableFuture<?>[] all = SlotRules.active(limits).stream()
                .map(limit -> ledger.send(new ReturnSlots(limit.name(), slots, occupancyMillis)))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenApply(done -> HttpAnswer.json(200, MinimalLimit.all(limits)));
    }

    /** 0 if nothing is said. More than any lease may last says no more than that. */
    private static long millis(@Nullable Double seconds) {
        return seconds == null
                ? 0
                : (long) Math.min(Math.max(1, seconds * MILLIS_PER_SECOND), Bounds.LONGEST_LEASE_MILLIS);
    }
}
