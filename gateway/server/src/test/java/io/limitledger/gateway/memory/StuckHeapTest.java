package io.limitledger.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a heap counts as full for good. */
class StuckHeapTest {
    private static final long SAMPLE_MILLIS = 100;

    private final StuckHeap heap = new StuckHeap(1_000);

    /** Within half a minute of looking. */
    private boolean isEverStuck(double collecting, long usedBytes) {
        boolean isStuck = false;
        for (long millis = 0; millis < 30_000 && !isStuck; millis += SAMPLE_MILLIS) {
            long collected = (long) (millis * collecting);
            isStuck = heap.isStuck(TimeUnit.MILLISECONDS.toNanos(millis), usedBytes, collected);
        }
        return isStuck;
    }

    @Test
    void isStuckWhenNothingHappensButCollectionsThatFindNothing() {
        // when
        boolean isStuck = isEverStuck(0.95, 980);

        // then
        assertThat(isStuck).isTrue();
    }

    @Test
    void isNotStuckWhileCollectionsMakeRoom() {
        // when
        boolean isStuck = isEverStuck(0.95, 890);

        // then
        assertThat(isStuck).isFalse();
    }

    @Test
    void isNotStuckWhileThereIsTimeForOtherThings() {
        // when
        boolean isStuck = isEverStuck(0.6, 980);

        // then
        assertThat(isStuck).isFalse();
    }

    @Test
    void countsOnlyTheTimeSinceItHasBeenFull() {
        // given
        heap.isStuck(0, 980, 0);
        heap.isStuck(TimeUnit.SECONDS.toNanos(4), 500, 4_000);
        heap.isStuck(TimeUnit.SECONDS.toNanos(4), 980, 4_000);

        // when
        boolean isStuck = heap.isStuck(TimeUnit.SECONDS.toNanos(6), 980, 6_000);

        // then
        assertThat(isStuck).isFalse();
    }
}
