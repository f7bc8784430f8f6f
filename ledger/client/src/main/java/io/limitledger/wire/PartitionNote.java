package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.limitledger.topics.LedgerTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What was done to a partition of the ledger from outside, noted among its events. It belongs to no limit: its record has no
 * key, no number and no place in any chain, and changes no state. Readers of events pass over it.
 *
 * @param at epoch milliseconds at which it was noted
 * @param offset of the first command that was decided afterwards
 * @param what one sentence
 */
public record PartitionNote(Kind type, int partition, long at, long offset, String what) {
    /** What was done. */
    public enum Kind {
        /** The live state was built anew from the events. */
        StateRestored,
        /** Somebody decided to go on although state and topics differed. */
        LossAccepted,
        /** Commands were removed from their topic before they were decided. */
        CommandsLost
    }

    public byte[] json() {
        try {
            return LedgerJson.PUBLIC.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a note that this version wrote. */
    public static PartitionNote read(byte[] json) {
        try {
            return LedgerJson.PUBLIC.readValue(json, PartitionNote.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Headers headers() {
        return CloudEvent.headers(
                String.format(Locale.ROOT, "%d-%d-%s-%d", partition, offset, type, at), type.name(), null, at);
    }

    /** The record that adds it to the events, outside of the ledger's topology. */
    public ProducerRecord<byte[], byte[]> record() {
        return new ProducerRecord<>(LedgerTopics.EVENTS, partition, at, null, json(), headers());
    }

    /** Whether a record of the events topic is a note. */
    public static boolean is(byte @Nullable [] key, Headers headers) {
        if (key != null) {
            return false;
        }
        String type = CloudEvent.type(headers);
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
