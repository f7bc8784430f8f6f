package io.limitledger.simulation;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;

/**
 * Invariant: a limit's events are numbered from 1 without gaps, carry the offset of the command that caused them,
 * follow the order of the commands, and are dated by the command's append time, or by the previous event if that is
 * later.
 */
final class EventsAreInOrder extends Invariant {
    @Override
    void onEvent(LimitEvent event, Page before, LogEntry entry) {
        require(event.number() == before.number + 1, () -> "expected the number after " + before.number + ": " + event);
        require(event.offset() == entry.offset(), () -> "expected offset " + entry.offset() + ": " + event);
        require(
                event.offset() >= before.offset,
                () -> "follows an event of the later command #" + before.offset + ": " + event);
        require(
                event.at() == Math.max(entry.timestamp(), before.at),
                () -> "the command is dated " + entry.timestamp() + ", the previous event " + before.at + ": " + event);
    }
}
