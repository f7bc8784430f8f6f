package io.limitledger.core.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.rule.LogEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The fence of a grant is higher than that of every earlier grant of the same name, whatever became of the limits of that name. */
class FenceLawsTest {
    @Test
    void aFenceIsHigherThanAllBefore() {
        Laws.holdWithModel(
                Mix.EVERYTHING,
                log -> assertHigher(
                        log, granted -> Objects.requireNonNull(granted.lease().fence())));
    }

    /** The law finds a fence that begins anew with each limit of a name. */
    @Test
    void findsAFenceThatIsLower() {
        assertThatThrownBy(() -> Laws.hold(
                        Mix.EVERYTHING,
                        log -> assertHigher(log, granted -> granted.lease().expiresAt())))
                .isInstanceOf(AssertionError.class);
    }

    private static void assertHigher(List<LogEntry> log, ToLongFunction<LeaseGranted> fence) {
        World world = new World();
        Map<String, Long> last = new HashMap<>();
        for (LogEntry entry : log) {
            for (LimitEvent event : world.decide(entry).events()) {
                if (event.fact() instanceof LeaseGranted granted) {
                    long is = fence.applyAsLong(granted);
                    assertThat(is).as("%s", event).isGreaterThan(last.getOrDefault(event.limit(), -1L));
                    last.put(event.limit(), is);
                }
            }
            world.restart();
        }
    }
}
