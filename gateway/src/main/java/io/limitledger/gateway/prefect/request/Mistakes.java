package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what is wrong with a request, in the order in which it is found. */
public final class Mistakes {
    private final List<Mistake> all = new ArrayList<>();

    void add(String type, Place place, String message, JsonNode input) {
        all.add(new Mistake(type, place, message, Echo.of(input), null));
    }

    void add(String type, Place place, String message, JsonNode input, String detail, Object value) {
        all.add(new Mistake(type, place, message, Echo.of(input), Map.of(detail, value)));
    }

    void missing(Place place, JsonNode input) {
        add("missing", place, "Field required", input);
    }

    /** For what is no part of an object, and so has nothing around it to show. */
    public void missing(Place place) {
        missing(place, NullNode.instance);
    }

    public int count() {
        return all.size();
    }

    public List<Mistake> all() {
        return List.copyOf(all);
    }
}
