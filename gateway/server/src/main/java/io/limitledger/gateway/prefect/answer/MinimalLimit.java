package io.limitledger.gateway.prefect.answer;

import io.limitledger.core.state.Limit;
import java.util.List;
import java.util.UUID;

/** A limit in JSON, as far as it matters to who takes or returns its slots. */
public record MinimalLimit(UUID id, String name, long limit) {
    public static MinimalLimit of(Limit limit) {
        return named(limit.name(), limit);
    }

    /** With the name that the asker knows it by. */
    public static MinimalLimit named(String name, Limit limit) {
        return new MinimalLimit(limit.id(), name, limit.definition().limit());
    }

    public static List<MinimalLimit> all(List<Limit> limits) {
        return limits.stream().map(MinimalLimit::of).toList();
    }
}
