package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.Ages;
import io.limitledger.gateway.cli.client.JsonObject;
import io.limitledger.gateway.cli.client.LimitWords;
import io.limitledger.gateway.cli.client.Printable;
import io.limitledger.gateway.cli.client.Screen;
import io.limitledger.gateway.cli.client.TextWidth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lines that show a snapshot: never more, nor wider, than the terminal has room for. */
final class TopView {
    private static final String KEYS = "s sort   r reverse   / filter   space pause   Enter open   q quit";
    private static final String KEYS_OPENED = "Esc back   space pause   q back";
    private static final String BOLD = "\u001b[1m";
    private static final String REVERSE = "\u001b[7m";
    private static final String RED = "\u001b[31m";
    private static final String YELLOW = "\u001b[33m";
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";
    private static final double NEARLY_FULL = 0.8;
    private static final int ROW_WITHOUT_NAME = 72;
    private static final int NARROWEST_NAME = 10;
    private static final int WIDEST_NAME = 60;

    private final Screen.Size size;
    private final boolean hasColour;

    TopView(Screen.Size size, boolean hasColour) {
        this.size = size;
        this.hasColour = hasColour;
    }

    /** As long as the terminal is high; of the rows those around the selected one. */
    List<String> lines(Snapshot snapshot, TopState state, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(coloured(BOLD, fitted(summary(snapshot))));
        lines.add(fitted(status(snapshot, state, now)));
        JsonObject opened = state.opened() == null ? null : snapshot.opened();
        if (opened != null) {
            opened(snapshot, opened, now).forEach(line -> lines.add(fitted(line)));
        } else {
            lines.addAll(table(snapshot, state, now, size.height() - lines.size() - 1));
        }
        List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), size.height() - 1)));
        shown.add(coloured(REVERSE, fitted(opened == null ? KEYS : KEYS_OPENED)));
        return shown;
    }

    private static String summary(Snapshot snapshot) {
        long leases = snapshot.limits().stream()
                .mapToLong(limit -> limit.count("leases"))
                .sum();
        long waiting = snapshot.limits().stream()
                .mapToLong(limit -> limit.count("waiting"))
                .sum();
        double granted = snapshot.rates().values().stream()
                .mapToDouble(EventRates.Rate::granted)
                .sum();
        double denied = snapshot.rates().values().stream()
                .mapToDouble(EventRates.Rate::denied)
                .sum();
        return String.format(
                Locale.ROOT,
                "%d limits, %d leases, %d waiting, %.1f granted/s, %.1f denied/s",
                snapshot.limits().size(),
                leases,
                waiting,
                granted,
                denied);
    }

    private static String status(Snapshot snapshot, TopState state, Instant now) {
        if (snapshot.failure() != null) {
            return "STALE for " + Ages.between(snapshot.at(), now) + ": " + snapshot.failure();
        }
        if (state.isTypingFilter()) {
            return "filter: " + state.filter() + "_";
        }
        return (state.isPaused() ? "paused, " : "")
                + "sorted by " + state.order().inWords() + (state.isReversed() ? ", reversed" : "")
                + (state.filter().isEmpty() ? "" : ", only names with '" + state.filter() + "'");
    }

    private List<String> table(Snapshot snapshot, TopState state, Instant now, int height) {
        List<JsonObject> rows = state.rows(snapshot);
        int nameWidth = Math.max(
                NARROWEST_NAME,
                Math.min(
                        Math.min(WIDEST_NAME, size.width() - ROW_WITHOUT_NAME),
                        rows.stream()
                                .mapToInt(limit -> TextWidth.of(Printable.of(limit.requiredText("name"))))
                                .max()
                                .orElse(0)));
        List<String> lines = new ArrayList<>();
        lines.add(coloured(
                BOLD,
                fitted(padded("NAME", nameWidth)
                        + String.format(
                                "  %-22s %11s %7s %7s %7s %7s",
                                "IN USE", "", "WAITING", "OLDEST", "GRANT/S", "DENY/S"))));
        int first = Math.max(0, Math.min(state.selected() - height / 2, rows.size() - (height - 1)));
        for (int index = first; index < rows.size() && lines.size() < height; index++) {
            String line = row(rows.get(index), snapshot, nameWidth, now);
            lines.add(
                    index == state.selected()
                            ? coloured(REVERSE, fitted(line))
                            : barColoured(fitted(line), nameWidth, rows.get(index)));
        }
        if (rows.isEmpty()) {
            lines.add(snapshot.limits().isEmpty() ? "No limits." : "No limit has such a name.");
        }
        return lines;
    }

    private static String row(JsonObject limit, Snapshot snapshot, int nameWidth, Instant now) {
        Bar bar = Bar.of(limit);
        String name = limit.requiredText("name");
        EventRates.Rate rate = snapshot.rate(name);
        String state = LimitWords.state(limit);
        return padded(Printable.of(name), nameWidth)
                + String.format(
                        Locale.ROOT,
                        "  %s %11s %7d %7s %7.1f %7.1f%s",
                        bar.drawn(),
                        TextWidth.shortened(bar.text(), 11),
                        limit.count("waiting"),
                        limit.has("waitingSince") ? Ages.between(limit.time("waitingSince"), now) : "-",
                        rate.granted(),
                        rate.denied(),
                        state.equals("active") ? "" : "  " + state);
    }

    private List<String> opened(Snapshot snapshot, JsonObject limit, Instant now) {
        List<String> lines = new ArrayList<>();
        Bar bar = Bar.of(limit);
        String rules = LimitWords.rules(limit);
        lines.add("");
        lines.add(Printable.of(limit.requiredText("name")) + "  " + LimitWords.state(limit) + "  " + bar.drawn() + " "
                + bar.text() + (rules.isEmpty() ? "" : "  " + rules));
        int room = size.height() - lines.size() - 8;
        int ofWaiters = Math.min(
                snapshot.waiters().size(),
                Math.max(room / 2, room - snapshot.leases().size()));
        lines.add("");
        lines.add("HELD BY (" + limit.count("leases") + ")");
        snapshot.leases().stream()
                .limit(Math.max(0, room - ofWaiters))
                .forEach(lease -> lines.add(claim(lease, lease.time("startsAt"), lease.time("expiresAt"), now)));
        lines.add("");
        lines.add("WAITING (" + limit.count("waiting") + ")");
        snapshot.waiters().stream()
                .limit(Math.max(0, ofWaiters))
                .forEach(waiter -> lines.add(claim(waiter, waiter.time("since"), waiter.time("until"), now)));
        return lines;
    }

    private static String claim(JsonObject claim, @Nullable Instant since, @Nullable Instant until, Instant now) {
        return String.format(
                Locale.ROOT,
                "  %6d  for %-7s ends in %-7s %-14s %s",
                claim.count("slots"),
                Ages.between(since, now),
                Ages.between(now, until),
                Printable.of(Objects.requireNonNullElse(claim.text("key"), "")),
                Printable.of(LimitWords.holder(claim.get("holder"))));
    }

    private String barColoured(String line, int nameWidth, JsonObject limit) {
        double part = Bar.part(limit);
        String colour = part >= 1 ? RED : part >= NEARLY_FULL ? YELLOW : GREEN;
        int bar = line.indexOf("[|", 0);
        int end = line.indexOf(']', Math.max(0, bar));
        return hasColour && bar >= 0 && end > bar && TextWidth.of(line.substring(0, bar)) == nameWidth + 2
                ? line.substring(0, bar + 1) + colour + line.substring(bar + 1, end) + PLAIN + line.substring(end)
                : line;
    }

    private String coloured(String colour, String line) {
        return hasColour ? colour + line + PLAIN : line;
    }

    private String fitted(String line) {
        return TextWidth.shortened(Printable.of(line), size.width());
    }

    private static String padded(String text, int width) {
        String shortened = TextWidth.shortened(text, width);
        return shortened + " ".repeat(width - TextWidth.of(shortened));
    }
}
