package io.limitledger.simulation;

import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.ArrayList;
import java.util.List;

/** The invariants that need nothing but the events of a limit, for the log of a run on real processes. */
public final class EventLaws {
    private EventLaws() {}

    /** An event that must not be, and the name of the law that it breaks. */
    public record Broken(String law, LimitEvent event, String what) {}

    /**
     * The events that break a law, each with the law.
     *
     * @param events of one limit, in order, from its first
     */
    public static List<Broken> brokenBy(List<LimitEvent> events) {
        List<Invariant> laws = List.of(
                new EventsAreInOrder(), new NeverAboveTheLimit(), new NothingIsGrantedTwice(), new QueueOrder());
        List<Broken> broken = new ArrayList<>();
        Book book = new Book();
        for (LimitEvent event : events) {
            // Which command it was is not known, only where it was in the log.
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
