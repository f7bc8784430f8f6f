/**
 * The ledger on Kafka Streams: one processor with one store decides the commands of a partition.
 *
 * <p>Commands come in, events go out in the transaction that also moves the state and the position, exactly once. Replies
 * and ticks leave by a producer of their own, outside of it: a reply need not wait for the commit, because the same
 * commands give the same replies; a tick must not, because everything behind an uncommitted record would wait with it.
 */
@NullMarked
package io.limitledger.topology;

import org.jspecify.annotations.NullMarked;
