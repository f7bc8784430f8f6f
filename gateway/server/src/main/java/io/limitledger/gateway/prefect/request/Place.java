package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;

/** Where a value is in a request: names of fields, and numbers of items in lists. */
public record Place(@JsonValue List<Object> path) {
    public static final Place BODY = new Place(List.of("body"));
    public static final Place PATH = new Place(List.of("path"));
    public static final Place QUERY = new Place(List.of("query"));

    public Place {
        path = List.copyOf(path);
    }

    public Place at(String field) {
        return below(field);
    }

    public Place at(int item) {
        return below(item);
    }

    private Place below(Object step) {
        List<Object> deeper = new ArrayList<>(path);
        deeper.add(step);
        return new Place(deeper);
    }
}
