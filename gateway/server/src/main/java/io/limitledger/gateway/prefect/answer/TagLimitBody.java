package io.limitledger.gateway.prefect.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.limitledger.core.state.Limit;
import java.util.List;
import java.util.UUID;

/**
 * A limit in JSON, as the routes for tags show it.
 *
 * @param activeSlots the task runs that hold its slots
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TagLimitBody(
        UUID id, String created, String updated, String tag, long concurrencyLimit, List<UUID> activeSlots) {

    public static TagLimitBody of(Limit limit, String tag, List<UUID> taskRuns) {
        return new TagLimitBody(
                limit.id(),
                Timestamp.of(limit.createdAt()),
                Timestamp.of(limit.updatedAt()),
                tag,
                limit.definition().limit(),
                taskRuns);
    }
}
