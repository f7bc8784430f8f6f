package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.JsonObject;
import java.util.Comparator;

/** What the table is sorted by, the most of it first. */
enum Order {
    WAITING("waiting"),
    USE("use"),
    OLDEST("oldest wait"),
    GRANTED("granted"),
    DENIED("denied"),
    NAME("name");

    private final String words;

    Order(String words) {
        this.words = words;
    }

    String inWords() {
        return words;
    }

    Order next() {
        return switch (this) {
            case WAITING -> USE;
            case USE -> OLDEST;
            case OLDEST -> GRANTED;
            case GRANTED -> DENIED;
            case DENIED -> NAME;
            case NAME -> WAITING;
        };
    }

    Comparator<JsonObject> comparator(Snapshot snapshot) {
        Comparator<JsonObject> byName = Comparator.comparing(limit -> limit.requiredText("name"));
        Comparator<JsonObject> most = switch (this) {
            case WAITING ->
                Comparator.comparingLong((JsonObject limit) -> limit.count("waiting"))
                        .reversed();
            case USE ->
                Comparator.comparingDouble((JsonObject limit) -> Bar.part(limit))
                        .reversed();
            case OLDEST ->
                Comparator.comparing(
                        (JsonObject limit) -> limit.has("waitingSince") ? limit.requiredText("waitingSince") : "~");
            case GRANTED ->
                Comparator.comparingDouble((JsonObject limit) ->
                                snapshot.rate(limit.requiredText("name")).granted())
                        .reversed();
            case DENIED ->
                Comparator.comparingDouble((JsonObject limit) ->
                                snapshot.rate(limit.requiredText("name")).denied())
                        .reversed();
            case NAME -> byName;
        };
        return most.thenComparing(byName);
    }
}
