package io.limitledger.gateway.events;

/**
 * An event as it is stored on the events topic.
 *
 * @param limit name of the limit
 * @param json the value of the record
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy for each reader is what this saves.
public record KeptEvent(int partition, long offset, String limit, byte[] json) {
    /** What an event occupies besides its JSON: its objects, and its place in the order. */
    private static final int OVERHEAD_BYTES = 200;

    int bytes() {
        return json.length + OVERHEAD_BYTES;
    }
}
