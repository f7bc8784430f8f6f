package io.limitledger.gateway.events;

import java.util.Arrays;

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

    /** Whether these bytes occur in its JSON. */
    boolean has(byte[] text) {
        int last = json.length - text.length;
        for (int start = 0; start <= last; start++) {
            if (json[start] == text[0] && Arrays.equals(json, start, start + text.length, text, 0, text.length)) {
                return true;
            }
        }
        return false;
    }

    int bytes() {
        return json.length + OVERHEAD_BYTES;
    }
}
