package io.limitledger.audit;

import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitUpdated;
import org.jspecify.annotations.Nullable;

/**
 * Who gave a limit the definition or the name that it has, and when.
 *
 * @param event type of the event: LimitCreated, LimitUpdated or LimitAdopted
 * @param at epoch milliseconds by the broker's clock
 * @param by name of the principal; null if its command named none
 */
public record LastChange(String event, long at, @Nullable String by) {
    /** The last change after an event, given the one before it. */
    static @Nullable LastChange after(LimitEvent event, @Nullable LastChange before) {
        boolean isChange = event.fact() instanceof LimitCreated
                || event.fact() instanceof LimitUpdated
                || event.fact() instanceof LimitAdopted;
        return isChange ? new LastChange(event.fact().type(), event.at() - event.aheadMillis(), event.by()) : before;
    }
}
