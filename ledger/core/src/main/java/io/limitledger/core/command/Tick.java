package io.limitledger.core.command;

import java.util.List;

/**
 * Carries nothing but time, so that what is due happens even if no command arrives. Losing or repeating one is harmless:
 * every decision settles first.
 */
public record Tick(String limit) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks().name("limit", limit).mistakes();
    }
}
