package io.limitledger.core.law;

import io.limitledger.core.rule.LogEntry;
import java.util.List;
import java.util.Locale;

/** A log as a reader of a failure wants to see it. */
public final class Story {
    private Story() {}

    public static String of(List<LogEntry> log) {
        StringBuilder story = new StringBuilder();
        for (LogEntry entry : log) {
            double seconds = (entry.timestamp() - log.get(0).timestamp()) / 1_000.0;
            String asker = entry.asker() == null ? "" : "  by " + entry.asker().correlationId();
            story.append(String.format(
                    Locale.ROOT, "%n  #%d at %.3f s  %s%s", entry.offset(), seconds, entry.command(), asker));
        }
        return story.toString();
    }
}
