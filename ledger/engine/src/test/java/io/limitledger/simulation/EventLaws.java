package io.limitledger.simulation;

import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.ArrayList;
import java.util.List;

/** The invariants that need only the events of a limit. The fault runs apply them to logs of real processes. */
public final class EventLaws {
    private EventLaws() {}

    /** An event that breaks a law, with the law's name. */
    public record Broken(String law, LimitEvent event, String what) {}

    /**
     * The events that break a law, each with the law that it breaks.
     *
     * @param events of one limit, in order, from its first
     */
    public static List<Broken> brokenBy(List<LimitEvent> events) {
        List<Invariant> laws = List.of(
                new EventsAreInOrder(), new NeverAboveTheLimit(), new NothingIsGrantedTwice(), new QueueOrder());
        List<Broken> broken = new ArrayList<>();
        Book book = new Book();
        for (LimitEvent event : events) {
            // The command is unknown; only its position in the log is known.
            LogEntry entry = new LogEntry(new Tick(event.limit()), event.at(), event.offset(), null);
            Page before = book.page(event.limit());
            for (Invariant law : laws) {
                try {
                    law.onEvent(event, before, entry);
                } catch (Violation violation) {
                    broken.add(new Broken(law.name(), event, violation.getMessage()));
                }
            }
            book.write(event);
        }
        return broken;
    }
}
