package io.limitledger.core.command;

import io.limitledger.core.state.KeyOverride;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Say what one key of a limit may take, other than all keys.
 *
 * @param override null to take back what was said
 */
public record DefineKey(String limit, String key, @Nullable KeyOverride override) implements LimitCommand {
    @Override
    public int since() {
        return 3;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .key(key)
                .override(override)
                .mistakes();
    }
}
