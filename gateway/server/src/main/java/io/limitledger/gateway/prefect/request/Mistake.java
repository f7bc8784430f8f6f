package io.limitledger.gateway.prefect.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a request.
 *
 * @param type a fixed word for this kind of mistake
 * @param input what came
 * @param details what the message was made of
 */
public record Mistake(
        String type,
        @JsonProperty("loc") Place place,
        @JsonProperty("msg") String message,
        JsonNode input,
        @JsonProperty("ctx") @Nullable Map<String, Object> details) {}
