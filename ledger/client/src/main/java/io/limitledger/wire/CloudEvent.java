package io.limitledger.wire;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of CloudEvents 1.0 that each record of the events topic has, in their form for Kafka: one header each, so
 * that connectors and consumers can tell records apart without reading them.
 */
final class CloudEvent {
    /** The same in each record, and so shared. */
    private static final Header SPEC_VERSION = HeaderText.header("ce_specversion", "1.0");

    private static final Header SOURCE = HeaderText.header("ce_source", "/limit-ledger");
    private static final Header CONTENT_TYPE = HeaderText.header("content-type", "application/json");
    private static final String TYPE = "ce_type";
    private static final String TYPE_PREFIX = "io.limitledger.";

    private CloudEvent() {}

    /**
     * Headers that the caller may add to.
     *
     * @param type without the prefix that all types share
     * @param subject the limit that it is about; null if it is about a partition
     * @param at epoch milliseconds
     */
    static Headers headers(String id, String type, @Nullable String subject, long at) {
        Headers headers = new RecordHeaders();
        headers.add(SPEC_VERSION);
        HeaderText.put(headers, "ce_id", id);
        HeaderText.put(headers, TYPE, TYPE_PREFIX + type);
        headers.add(SOURCE);
        if (subject != null) {
            HeaderText.put(headers, "ce_subject", subject);
        }
        HeaderText.put(headers, "ce_time", TimeText.write(at));
        headers.add(CONTENT_TYPE);
        return headers;
    }

    /** The type of a record, without the prefix; null if the record has none of ours. */
    static @Nullable String type(Headers headers) {
        String type = HeaderText.of(headers, TYPE);
        return type != null && type.startsWith(TYPE_PREFIX) ? type.substring(TYPE_PREFIX.length()) : null;
    }
}
