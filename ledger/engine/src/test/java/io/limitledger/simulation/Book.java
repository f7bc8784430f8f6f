package io.limitledger.simulation;

import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeft;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state of a partition's limits according to its events, one page per limit. It shares no code or data with the
 * ledger's own state.
 */
final class Book {
    private final Map<String, Page> pages = new TreeMap<>();

    /** The page of a limit; an empty page if the limit does not exist. */
    Page page(@Nullable String limit) {
        Page page = limit == null ? null : pages.get(limit);
        return page == null ? new Page() : page;
    }

    Map<String, Page> pages() {
        return pages;
    }

    void write(LimitEvent event) {
        if (event.fact() instanceof LimitDeleted || event.fact() instanceof LimitLeft) {
            pages.remove(event.limit());
        } else {
            pages.computeIfAbsent(event.limit(), name -> new Page()).write(event);
        }
    }
}
