package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.limitledger.core.event.LimitEvent;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An event as the value of a record on the events topic. */
public final class EventJson {
    private static final ObjectReader READER = LedgerJson.PUBLIC.readerFor(LimitEvent.class);
    private static final ObjectWriter WRITER = LedgerJson.PUBLIC.writerFor(LimitEvent.class);

    private EventJson() {}

    public static byte[] write(LimitEvent event) {
        byte[] usual = UsualJsonWriter.write(event);
        try {
            return usual != null ? usual : WRITER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static LimitEvent read(byte[] value) throws UnreadableRecordException {
        try {
            LimitEvent event = READER.readValue(value);
            if (event != null) {
                return event;
            }
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecordException("Expected an event in JSON, but " + e.getMessage());
        }
        throw new UnreadableRecordException("Expected an event in JSON, but it is null");
    }
}
