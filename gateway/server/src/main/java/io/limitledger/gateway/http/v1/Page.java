package io.limitledger.gateway.http.v1;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param hasNext whether there is more
 */
record Page<T>(List<T> items, boolean hasNext) {
    /** @param found up to one more than fits the page, which only shows that a next page exists */
    static <T> Page<T> of(List<T> found, int size) {
        return found.size() <= size ? new Page<>(found, false) : new Page<>(found.subList(0, size), true);
    }

    /** Where the next page goes on; null on the last page. */
    @Nullable
    String next(Function<T, String> cursor) {
        return hasNext ? cursor.apply(items.get(items.size() - 1)) : null;
    }
}
