package io.limitledger.wire;

import io.limitledger.core.event.LimitEvent;
import org.apache.kafka.common.header.Headers;

/**
 * What stands beside an event: its place in the chain, and the attributes of CloudEvents 1.0 in their form for Kafka, so that
 * connectors and consumers can tell events apart without reading them.
 */
public final class EventHeaders {
    /** Hash over the limit's event before and this one's value; see {@link EventChain}. */
    public static final String HASH = "hash";

    private static final String SOURCE = "/limit-ledger";
    private static final String TYPE_PREFIX = "io.limitledger.";

    private EventHeaders() {}

    /**
     * Adds all headers of an event.
     *
     * @param partition of its command and of itself
     * @param index of this event among those of its command
     */
    public static void add(Headers headers, LimitEvent event, int partition, int index, String hash) {
        RecordHeaders.put(headers, "ce_specversion", "1.0");
        RecordHeaders.put(headers, "ce_id", partition + "-" + event.offset() + "-" + index);
        RecordHeaders.put(headers, "ce_type", TYPE_PREFIX + event.fact().type());
        RecordHeaders.put(headers, "ce_source", SOURCE);
        RecordHeaders.put(headers, "ce_subject", event.limit());
        RecordHeaders.put(headers, "ce_time", TimeText.write(event.at()));
        RecordHeaders.put(headers, "content-type", "application/json");
        // At the end, where a reader of one header looks first.
        RecordHeaders.put(headers, HASH, hash);
    }
}
