package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a field may hold, and how what came is turned into it. */
@FunctionalInterface
public interface FieldType<T> {
    /** Null if it is not valid; then at least one mistake was added. */
    @Nullable
    T read(JsonNode value, Place place, Mistakes mistakes);
}
