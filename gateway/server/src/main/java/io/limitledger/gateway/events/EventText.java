package io.limitledger.gateway.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.limitledger.wire.LedgerJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Whether bytes can be passed on to clients as an event: one JSON object on one line. Others that may write to the topic
 * must not be able to break a page of events, or to put a frame of its own into a stream of them. What the event says is
 * not looked at: it may be of a later version.
 */
final class EventText {
    private EventText() {}

    static boolean isOne(byte @Nullable [] value) {
        if (value == null || value.length == 0 || value[0] != '{' || hasLineBreak(value)) {
            return false;
        }
        try (JsonParser json = LedgerJson.PUBLIC.createParser(value)) {
            return json.nextToken() == JsonToken.START_OBJECT
                    && json.skipChildren() == json
                    && json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasLineBreak(byte[] value) {
        for (byte character : value) {
            if (character >= 0 && character < ' ') {
                return true;
            }
        }
        return false;
    }
}
