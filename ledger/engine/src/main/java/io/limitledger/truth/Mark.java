package io.limitledger.truth;

import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the state of a partition says of itself: how far commands were decided, and which event was the last. It is written
 * once per commit, in the transaction that moves state, events and the position in the commands together, so that it is
 * right whenever the state is.
 *
 * @param commandsId Kafka's id of the commands topic: an offset means nothing in another topic of the same name
 * @param next offset of the first command that was not decided
 * @param last event that was written; null if there was none
 * @param eventsStart where the events topic began when its partition was first compared
 * @param records how many records the state has, without this one; {@link #UNKNOWN} where counting them costs too much
 * @param ledger id of the public key of the ledger that wrote it: the ticks and heartbeats of that ledger that come next in
 *     the commands count only while its key is known; null in a mark of an older version, or after a restore
 */
public record Mark(
        String commandsId,
        long next,
        @Nullable LastEvent last,
        long eventsStart,
        long records,
        @Nullable String ledger) {
    /** The number of records that were not counted. */
    public static final long UNKNOWN = -1;

    private static final byte[] KEY = StateKey.MARK.text().getBytes(StandardCharsets.UTF_8);

    /** In place of a topic's id: the state is being written anew, and is not whole. */
    private static final String UNFINISHED = "unfinished";

    /** A mark that depends on no ledger's key. */
    public Mark(String commandsId, long next, @Nullable LastEvent last, long eventsStart, long records) {
        this(commandsId, next, last, eventsStart, records, null);
    }

    /**
     * The record that says it.
     *
     * @param changelog of the state
     */
    public ProducerRecord<byte[], byte[]> record(String changelog, int partition) {
        return new ProducerRecord<>(changelog, partition, KEY, StateJson.write(this));
    }

    /** What a state that is being written anew says until it is whole. */
    public static Mark unfinished() {
        return new Mark(UNFINISHED, 0, null, 0, UNKNOWN);
    }

    public boolean isUnfinished() {
        return commandsId.equals(UNFINISHED);
    }
}
