package io.limitledger.truth;

import io.limitledger.core.state.SealedLimit;
import org.jspecify.annotations.Nullable;

/** The restored state of a partition, as far as a comparison asks. */
public interface PartitionState {
    /** What it says of itself; null in a state that was written by a version without marks, or is empty. */
    @Nullable
    Mark mark();

    /** How many records it has, without the mark; {@link Mark#UNKNOWN} where counting costs too much. */
    long count();

    /** Whether it holds what only events can have made. */
    boolean isMadeOfEvents();

    @Nullable
    SealedLimit sealedLimit(String name);

    /** Writes to the store what decisions have changed since it was last called. */
    default void flush() {}
}
