package io.limitledger.core.law;

import io.limitledger.core.rule.LogEntry;
import java.util.List;
import java.util.Locale;

/** The text of a log in the report of a failure. */
public final class LogText {
    private LogText() {}

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
