package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.timer.VirtualTimer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
    private final VirtualTimer timer = new VirtualTimer();
    private final AtomicLong offset = new AtomicLong(1_700_000_000_000L);
    private final AtomicLong pauseMillis = new AtomicLong();
    private final AtomicInteger reported = new AtomicInteger();
    private final ClockWatch watch = new ClockWatch(timer, this::clock, reported::incrementAndGet);

    private long clock() {
        long now = offset.get() + timer.nowMillis();
        timer.pass(pauseMillis.getAndSet(0));
        return now;
    }

    @Test
    void shouldNoticeEachStepBackOnce() {
        // when
        timer.pass(500);
        offset.addAndGet(-3_600_000);
        timer.pass(500);
        offset.addAndGet(-60_000);
        timer.pass(500);

        // then
        assertThat(watch.steps()).isEqualTo(2);
        assertThat(reported).hasValue(2);
    }

    @Test
    void shouldNotTakeAPauseOfTheProcessForAStep() {
        // when
        pauseMillis.set(2_000);
        timer.pass(10_000);

        // then
        assertThat(watch.steps()).isZero();
    }

    @Test
    void shouldNoticeNeitherAStepAheadNorAClockThatIsAdjusted() {
        // when
        offset.addAndGet(3_600_000);
        for (int i = 0; i < 100; i++) {
            timer.pass(100);
            offset.addAndGet(-20);
        }

        // then
        assertThat(watch.steps()).isZero();
    }
}
