package io.limitledger.audit;

import org.jspecify.annotations.Nullable;

/**
 * How far the chain of a limit's events has come.
 *
 * @param isOver whether the limit was deleted by its last event, so that the next one begins a chain of its own
 * @param change the last change of the limit; null if it is not known, as in checkpoints from before it was noted
 */
record ChainEnd(Head head, boolean isOver, @Nullable LastChange change) {}
