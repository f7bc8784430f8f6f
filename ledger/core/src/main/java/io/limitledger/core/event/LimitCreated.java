package io.limitledger.core.event;

import io.limitledger.core.state.Definition;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A limit exists from now on.
 *
 * @param fence from which its grants go on; null where the offset of the command says enough
 */
public record LimitCreated(
        UUID limitId, Definition definition, @Nullable Long fence) implements Fact {
    public LimitCreated(UUID limitId, Definition definition) {
        this(limitId, definition, null);
    }
}
