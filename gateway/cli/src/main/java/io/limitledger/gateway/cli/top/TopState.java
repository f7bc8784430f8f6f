package io.limitledger.gateway.cli.top;

import io.limitledger.gateway.cli.client.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the person at the terminal has chosen: order, filter, and which limit is looked at. Changed by keys only, in the thread that
 * draws; another may ask what to read.
 */
final class TopState {
    static final int UP = 0x10001;
    static final int DOWN = 0x10002;
    static final int PAGE_UP = 0x10003;
    static final int PAGE_DOWN = 0x10004;
    static final int ESCAPE = 27;
    private static final int ENTER = '\r';
    private static final int BACKSPACE = 127;
    private static final int CTRL_C = 3;
    private static final int CTRL_H = 8;
    private static final int PAGE = 10;

    private Order order = Order.WAITING;
    private boolean isReversed;
    private String filter = "";
    private boolean isTypingFilter;
    private volatile boolean isPaused;
    private boolean isEnded;
    private int selected;
    private volatile @Nullable String opened;

    /** Takes a key, while a snapshot is shown. */
    void press(int key, Snapshot snapshot) {
        if (key == CTRL_C) {
            isEnded = true;
        } else if (isTypingFilter) {
            type(key);
        } else if (opened != null && (key == ESCAPE || key == 'q' || key == BACKSPACE || key == CTRL_H)) {
            opened = null;
        } else {
            command(key, snapshot);
        }
    }

    private void command(int key, Snapshot snapshot) {
        switch (key) {
            case 'q' -> isEnded = true;
            case ESCAPE -> filter = "";
            case 's' -> order = order.next();
            case 'r' -> isReversed = !isReversed;
            case ' ' -> isPaused = !isPaused;
            case '/' -> {
                isTypingFilter = true;
                filter = "";
            }
            case UP, 'k' -> move(-1, snapshot);
            case DOWN, 'j' -> move(1, snapshot);
            case PAGE_UP -> move(-PAGE, snapshot);
            case PAGE_DOWN -> move(PAGE, snapshot);
            case ENTER, '\n' -> open(snapshot);
            default -> {
                // Other keys mean nothing here.
            }
        }
    }

    private void type(int key) {
        if (key == ENTER || key == '\n') {
            isTypingFilter = false;
        } else if (key == ESCAPE) {
            isTypingFilter = false;
            filter = "";
        } else if (key == BACKSPACE || key == CTRL_H) {
            filter = filter.isEmpty() ? "" : filter.substring(0, filter.offsetByCodePoints(filter.length(), -1));
        } else if (key >= ' ' && key < UP) {
            filter += (char) key;
        }
        selected = 0;
    }

    private void move(int by, Snapshot snapshot) {
        selected = Math.max(0, Math.min(selected + by, rows(snapshot).size() - 1));
    }

    private void open(Snapshot snapshot) {
        List<JsonObject> rows = rows(snapshot);
        if (selected < rows.size()) {
            opened = rows.get(selected).requiredText("name");
        }
    }

    /** The limits that are shown, in their order. */
    List<JsonObject> rows(Snapshot snapshot) {
        Comparator<JsonObject> comparator = order.comparator(snapshot);
        String wanted = filter.toLowerCase(Locale.ROOT);
        return snapshot.limits().stream()
                .filter(limit ->
                        limit.requiredText("name").toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(isReversed ? comparator.reversed() : comparator)
                .toList();
    }

    Order order() {
        return order;
    }

    boolean isReversed() {
        return isReversed;
    }

    String filter() {
        return filter;
    }

    boolean isTypingFilter() {
        return isTypingFilter;
    }

    boolean isPaused() {
        return isPaused;
    }

    boolean isEnded() {
        return isEnded;
    }

    int selected() {
        return selected;
    }

    @Nullable
    String opened() {
        return opened;
    }
}
