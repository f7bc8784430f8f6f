package io.limitledger.gateway.http.v1;

/**
 * A point in a queue.
 *
 * @param mark the ledger's number of the last waiter before it; numbers grow, with gaps where waiters have left
 * @param ahead how many were before it when the page before was read
 */
record QueueCursor(long mark, long ahead) {
    static final QueueCursor FRONT = new QueueCursor(0, 0);
}
