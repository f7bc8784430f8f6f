package io.limitledger.gateway.http.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limitledger.gateway.access.Caller;
import io.limitledger.gateway.access.Right;
import io.limitledger.gateway.events.KeptEvent;
import io.limitledger.gateway.http.HttpJson;
import java.util.Iterator;
import java.util.Set;

/** An event as a caller may see it: without the names of other limits that it may not read. */
final class VisibleEvent {
    private static final Set<String> NAMES = Set.of("newName", "from");
    private static final String SIBLINGS = "siblings";

    /** What a holder says of itself is its own. */
    private static final String HOLDER = "holder";

    private VisibleEvent() {}

    static byte[] json(KeptEvent event, Caller caller) {
        return caller.mayAll(Right.READ) ? event.json() : HttpJson.write(of(ListEventsRoute.json(event), caller));
    }

    /** Changes the event that is given. */
    static JsonNode of(JsonNode event, Caller caller) {
        if (!caller.mayAll(Right.READ)) {
            hide(event.path("fact"), caller);
        }
        return event;
    }

    private static void hide(JsonNode node, Caller caller) {
        if (node instanceof ObjectNode object) {
            NAMES.forEach(name -> {
                if (object.path(name).isTextual()
                        && !caller.may(Right.READ, object.path(name).asText())) {
                    object.remove(name);
                }
            });
            object.properties().stream()
                    .filter(field -> !field.getKey().equals(HOLDER))
                    .forEach(field -> hide(field.getKey(), field.getValue(), caller));
        } else if (node instanceof ArrayNode array) {
            array.forEach(one -> hide(one, caller));
        }
    }

    private static void hide(String name, JsonNode value, Caller caller) {
        if (!name.equals(SIBLINGS)) {
            hide(value, caller);
            return;
        }
        for (Iterator<JsonNode> sibling = value.elements(); sibling.hasNext(); ) {
            if (!caller.may(Right.READ, sibling.next().asText())) {
                sibling.remove();
            }
        }
    }
}
