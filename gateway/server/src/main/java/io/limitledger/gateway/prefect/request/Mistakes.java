package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, in the order in which it is found. */
public final class Mistakes {
    /** Enough to see what is wrong; an answer should not be much larger than its request. */
    private static final int MOST = 20;

    private final List<Mistake> all = new ArrayList<>();
    private int count;

    void add(String type, Place place, String message, JsonNode input) {
        add(type, place, message, input, null);
    }

    void add(String type, Place place, String message, JsonNode input, String detail, Object value) {
        add(type, place, message, input, Map.of(detail, value));
    }

    private void add(String type, Place place, String message, JsonNode input, @Nullable Map<String, Object> details) {
        count++;
        if (count <= MOST) {
            all.add(new Mistake(type, place, message, Echo.of(input), details));
        }
    }

    void missing(Place place, JsonNode input) {
        add("missing", place, "Field required", input);
    }

    /** For what is no part of an object, and so has nothing around it to show. */
    public void missing(Place place) {
        missing(place, NullNode.instance);
    }

    public int count() {
        return count;
    }

    /** The first of them. */
    public List<Mistake> all() {
        return List.copyOf(all);
    }
}
