package io.limitledger.core.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger is running. It sends one to each partition in which leases are held, every second, so that the log itself shows
 * when it was away: see {@link io.limitledger.core.state.LeaseClock}. Only ledgers send it.
 */
public record Heartbeat() implements LimitCommand {
    /** None: it is about all limits of the partition. */
    @Override
    public @Nullable String limit() {
        return null;
    }

    @Override
    public List<InvalidField> invalidFields() {
        return List.of();
    }
}
