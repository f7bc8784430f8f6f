package io.limitledger.audit;

/**
 * How far the chain of a limit's events has come.
 *
 * @param isOver whether the limit was deleted by its last event, so that the next one begins a chain of its own
 */
record ChainEnd(Head head, boolean isOver) {}
