package io.limitledger.simulation;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;

/**
 * A limit's events are numbered from 1 without gaps, name the command that they were decided for, in the order of commands, and are dated by its
 * append time, or by the event before if that is later.
 */
final class EventsAreInOrder extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        require(event.number() == before.number + 1, () -> "comes after number " + before.number + ": " + event);
        require(event.offset() == entry.offset(), () -> "was decided for #" + entry.offset() + ": " + event);
        require(event.offset() >= before.offset, () -> "comes after one for #" + before.offset + ": " + event);
        require(
                event.at() == Math.max(entry.timestamp(), before.at),
                () -> "the command is of " + entry.timestamp() + ", the event before of " + before.at + ": " + event);
    }
}
