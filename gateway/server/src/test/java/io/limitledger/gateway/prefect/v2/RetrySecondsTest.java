package io.limitledger.gateway.prefect.v2;

import static io.limitledger.gateway.prefect.PrefectServer.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.limitledger.gateway.prefect.PrefectServer;
import java.util.Random;
import java.util.UUID;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a denied client should try again. */
@Tag("broker")
class RetrySecondsTest {
    private static final Offset<Double> EXACT = within(0.0005);

    /** What the jitter makes of a second, with the random number that the test server uses. */
    private static final double JITTER = new RetrySeconds.Jitter(() -> 0.5).around(1);

    @RegisterExtension
    final PrefectServer server = new PrefectServer();

    @Test
    void withoutDecayItIsTheAverageOccupancyOfTheShareThatIsWanted() {
        // given
        server.create("database", "\"limit\": 4");
        server.increment(4, "database");

        // when
        double seconds = server.acquire(2, "database").retryAfter();

        // then
        assertThat(seconds).isEqualTo(2 * (2 / 4.0) * JITTER, EXACT);
    }

    @Test
    void theAverageFollowsWhatIsReported() {
        // given
        server.create("database", "\"limit\": 2");
        for (String occupied : new String[] {
            "\"slots\": 1, \"occupancy_seconds\": 10",
            "\"slots\": 1, \"occupancy_seconds\": 10",
            "\"slots\": 1, \"occupancy_seconds\": 0.01",
            "\"slots\": 2, \"occupancy_seconds\": 30"
        }) {
            server.post(LIMITS + "/decrement", "{\"names\": [\"database\"], " + occupied + "}");
        }
        server.increment(2, "database");

        // when
        double seconds = server.acquire(1, "database").retryAfter();

        // then
        assertThat(seconds).isEqualTo(6.8625 / 2 * JITTER, EXACT);
    }

    @Test
    void theAverageFollowsHowLongLeasesAreHeld() {
        // given
        server.create("database", "\"limit\": 2");
        UUID released = server.lease(1, "database");
        server.advance(10);
        server.release(released);
        server.acquireFor(60, "database");
        server.advance(60);
        server.increment(2, "database");

        // when
        double seconds = server.acquire(1, "database").retryAfter();

        // then
        double afterRelease = 2 + (10 - 2.0) / 4;
        double afterExpiry = afterRelease + (60 - afterRelease) / 4;
        assertThat(seconds).isEqualTo(afterExpiry / 2 * JITTER, EXACT);
    }

    @Test
    void deniedSlotsCanBeChanged() {
        // given
        server.create("database", "\"limit\": 4, \"active_slots\": 4, \"denied_slots\": 6");
        server.patch(LIMITS + "/database", "{\"denied_slots\": 2}");

        // when
        double seconds = server.acquire(2, "database").retryAfter();

        // then
        assertThat(seconds).isEqualTo(2 * (4 / 4.0) * JITTER, EXACT);
    }

    @Test
    void deniedSlotsCountAsWanted() {
        // given
        server.create("database", "\"limit\": 4, \"active_slots\": 4, \"denied_slots\": 6");

        // when
        double seconds = server.acquire(2, "database").retryAfter();

        // then
        assertThat(seconds).isEqualTo(2 * (8 / 4.0) * JITTER, EXACT);
    }

    @Test
    void deniedSlotsAreWorkedOff() {
        // given
        server.create("database", "\"limit\": 4, \"active_slots\": 4, \"denied_slots\": 6");
        server.advance(7);

        // when
        double seconds = server.acquire(2, "database").retryAfter();

        // then
        assertThat(seconds).isEqualTo(2 * (5 / 4.0) * JITTER, EXACT);
    }

    @Test
    void nobodyIsTurnedAwayForLongerThanHalfAMinute() {
        // given
        server.create("database", "\"limit\": 1, \"active_slots\": 1, \"denied_slots\": 1000");
        server.create("tag:big", "\"limit\": 1, \"active_slots\": 1, \"denied_slots\": 1000");

        // when
        double limit = server.acquire(1, "database").retryAfter();
        double tag = server.acquire(1, "tag:big").retryAfter();

        // then
        assertThat(limit).isEqualTo(30 * JITTER, EXACT);
        assertThat(tag).isEqualTo(10 * JITTER, EXACT);
    }

    @Test
    void withDecayItIsExact() {
        // given
        server.create("calls", "\"limit\": 10, \"slot_decay_per_second\": 2, \"active_slots\": 10");
        server.advance(0.25);

        // when
        double seconds = server.acquire(3, "calls").retryAfter();

        // then
        assertThat(seconds).isEqualTo(1.25);
        server.advance(1.249);
        assertThat(server.acquire(3, "calls").status()).isEqualTo(423);
        server.advance(0.001);
        assertThat(server.acquire(3, "calls").status()).isEqualTo(200);
    }

    @Test
    void withDecayDeniedSlotsComeFirst() {
        // given
        server.create(
                "calls", "\"limit\": 10, \"slot_decay_per_second\": 2, \"active_slots\": 10, \"denied_slots\": 6");

        // when
        double seconds = server.acquire(1, "calls").retryAfter();

        // then
        assertThat(seconds).isEqualTo(0.5 + 3);
    }

    @Test
    void denialsDoNotMakeItLonger() {
        // given
        server.create("calls", "\"limit\": 2, \"slot_decay_per_second\": 1, \"active_slots\": 2");
        double first = server.acquire(1, "calls").retryAfter();

        // when
        double second = server.acquire(1, "calls").retryAfter();

        // then
        assertThat(second).isEqualTo(first);
    }

    @Test
    void theLimitThatIsFullCounts() {
        // given
        server.create("full", "\"limit\": 10, \"active_slots\": 10");
        server.create("slow", "\"limit\": 10, \"slot_decay_per_second\": 0.001");

        // when
        double seconds = server.acquire(1, "full", "slow").retryAfter();

        // then
        assertThat(seconds).isEqualTo(0.2 * JITTER, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"a, b, 10", "b, a, 10", "a, b, 0", "b, a, 0"})
    void theLimitOfWhichMoreIsWantedCountsInWhateverOrderTheyAreAsked(String few, String many, int activeSlots) {
        // given
        server.create(few, "\"limit\": 1, \"active_slots\": 1");
        server.create(many, "\"limit\": 10, \"denied_slots\": 40, \"active_slots\": " + activeSlots);

        // when
        double seconds = server.increment(1, few, many).retryAfter();

        // then
        assertThat(seconds).isEqualTo(2 * (41 / 10.0) * JITTER, EXACT);
    }

    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void ofSeveralThatAreFullTheSlowestCounts(String fast, String slow) {
        // given
        server.create(fast, "\"limit\": 10, \"slot_decay_per_second\": 10, \"active_slots\": 10");
        server.create(slow, "\"limit\": 10, \"slot_decay_per_second\": 0.5, \"active_slots\": 10");

        // when
        double seconds = server.increment(1, fast, slow).retryAfter();

        // then
        assertThat(seconds).isEqualTo(2);
    }

    @Test
    void jitterStaysWithinItsBoundsAndKeepsTheAverage() {
        // given
        Random random = new Random(7);
        RetrySeconds.Jitter jitter = new RetrySeconds.Jitter(random::nextDouble);

        // when
        double[] times =
                DoubleStream.generate(() -> jitter.around(10)).limit(200_000).toArray();

        // then
        assertThat(DoubleStream.of(times).min().orElseThrow()).isBetween(7.517, 7.52);
        assertThat(DoubleStream.of(times).max().orElseThrow()).isBetween(12.99, 13.0);
        assertThat(DoubleStream.of(times).average().orElseThrow()).isBetween(9.95, 10.05);
    }
}
