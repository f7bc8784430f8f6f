package io.limitledger.core.event;

import java.util.List;

/** Keys have become idle by time alone, so nothing of them needs to be kept. */
public record KeysForgotten(List<String> keys) implements Fact {
    public KeysForgotten {
        keys = keys == null ? List.of() : List.copyOf(keys);
    }
}
