package io.limitledger.core.command;

import java.util.List;

/**
 * Return slots that nobody holds, as many of them as there are. Slots of leases are never freed by it.
 *
 * @param slots 1 or more
 * @param occupancyMillis how long they were in use; 0 if the asker does not say
 */
public record ReturnSlots(String limit, long slots, long occupancyMillis) implements LimitCommand {
    @Override
    public List<InvalidField> invalidFields() {
        return new FieldChecks()
                .name("limit", limit)
                .slots(slots)
                .occupancy(occupancyMillis)
                .mistakes();
    }
}
