package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;
import io.limitledger.core.state.Reservations;
import org.jspecify.annotations.Nullable;

/** A limit has another definition. The bucket is settled at the old decay, so that nothing is lost. */
public record LimitUpdated(
        Definition definition,
        Bucket bucket,
        Demand demand,
        @Nullable Reservations reservations) implements Fact {}
