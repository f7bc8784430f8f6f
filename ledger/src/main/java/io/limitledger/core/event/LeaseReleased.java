package io.limitledger.core.event;

import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Demand;
import java.util.UUID;

/**
 * A holder gave its slots back.
 *
 * @param freedMicros micro-slots that came free by it
 */
public record LeaseReleased(UUID leaseId, long freedMicros, Bucket bucket, Demand demand) implements Fact {}
