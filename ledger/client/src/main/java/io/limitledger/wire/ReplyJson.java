package io.limitledger.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.limitledger.core.reply.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A reply as the value of a record on a replies topic. */
public final class ReplyJson {
    private static final ObjectReader READER = LedgerJson.PUBLIC.readerFor(Reply.class);
    private static final ObjectWriter WRITER = LedgerJson.PUBLIC.writerFor(Reply.class);

    private ReplyJson() {}

    public static byte[] write(Reply reply) {
        byte[] usual = UsualJsonWriter.write(reply);
        try {
            return usual != null ? usual : WRITER.writeValueAsBytes(reply);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Reply read(byte[] value) throws UnreadableRecordException {
        try {
            Reply reply = READER.readValue(value);
            if (reply != null) {
                return reply;
            }
        } catch (IOException | RuntimeException e) {
            throw new UnreadableRecordException("Expected a reply in JSON, but " + e.getMessage());
        }
        throw new UnreadableRecordException("Expected a reply in JSON, but it is null");
    }
}
