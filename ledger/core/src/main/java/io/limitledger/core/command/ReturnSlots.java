package io.limitledger.core.command;

import java.util.List;

/**
 * Return slots that no lease owns: this many, or all if fewer are taken. It never frees slots of leases.
 *
 * @param slots 1 or more
 * @param occupancyMillis how long they were in use; 0 if the client does not say
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
