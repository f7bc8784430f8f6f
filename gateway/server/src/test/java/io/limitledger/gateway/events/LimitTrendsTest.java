package io.limitledger.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.gateway.http.InMemoryLedger;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LimitTrendsTest {
    /** Each limit on which one thing happened has two: one of the hour, one of the day. */
    private static final int ROOM_FOR_TWO_LIMITS = 4;

    private final InMemoryLedger ledger = new InMemoryLedger(1);
    private final EventTail tail = new EventTail(1);
    private long offset;

    @Test
    void shouldForgetTheLimitThatHasBeenQuietForLongest() {
        // given
        try (LimitTrends trends = LimitTrends.following(tail, ledger, ledger.clock(), ROOM_FOR_TWO_LIMITS)) {
            happens("LeaseGranted", "first");
            happens("LeaseGranted", "second");
            happens("LeaseGranted", "first");

            // when
            happens("LeaseGranted", "third");

            // then
            assertThat(trends.lastMinute("first").granted()).isEqualTo(2);
            assertThat(trends.lastMinute("second").granted()).isZero();
            assertThat(trends.lastMinute("third").granted()).isEqualTo(1);
        }
    }

    @Test
    void shouldPassOverWhatIsNoEventOfOurs() {
        // given
        try (LimitTrends trends = LimitTrends.following(tail, ledger, ledger.clock())) {
            // when
            add("first", "{\"type\":7}");
            add("first", "{\"type\":\"LeaseGranted\",\"at\":\"yesterday\"}");

            // then
            assertThat(trends.lastMinute("first").granted()).isZero();
        }
    }

    private void happens(String type, String limit) {
        add(limit, "{\"type\":\"" + type + "\",\"at\":\"" + ledger.clock().instant() + "\",\"fact\":{}}");
    }

    private void add(String limit, String json) {
        tail.add(new KeptEvent(0, offset++, limit, json.getBytes(StandardCharsets.UTF_8)));
    }
}
