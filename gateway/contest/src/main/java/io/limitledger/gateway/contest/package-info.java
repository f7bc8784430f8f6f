/**
 * The ledger beside Redisson on Redis: the same work through the public client of each, in turns, in one run.
 *
 * <p>Each side has a server and a client, which are processes of their own, so that the processor time of each is known and
 * either can be killed. This process only gives orders and reads clocks.
 */
@NullMarked
package io.limitledger.gateway.contest;

import org.jspecify.annotations.NullMarked;
