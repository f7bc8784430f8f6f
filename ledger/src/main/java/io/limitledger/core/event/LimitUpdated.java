package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Demand;

/** A limit has another definition. The bucket is settled at the old decay, so that nothing is lost. */
public record LimitUpdated(Definition definition, Bucket bucket, Demand demand) implements Fact {}
