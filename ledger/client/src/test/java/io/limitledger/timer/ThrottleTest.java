package io.limitledger.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Throttle throttle = new Throttle(now::get);

    @Test
    void shouldLetTheFirstPassAndThenOneAMinuteWithTheCountOfTheOthers() {
        // given
        long first = throttle.pass();
        long second = throttle.pass();
        long third = throttle.pass();

        // when
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        // then
        assertThat(throttle.pass()).isEqualTo(2);
        assertThat(first).isZero();
        assertThat(second).isEqualTo(Throttle.HELD_BACK);
        assertThat(third).isEqualTo(Throttle.HELD_BACK);
        assertThat(throttle.pass()).isEqualTo(Throttle.HELD_BACK);
    }
}
