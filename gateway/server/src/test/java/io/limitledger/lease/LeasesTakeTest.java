package io.limitledger.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.TakeSlots;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots of several limits, taken without a lease. */
class LeasesTakeTest extends LeasesFixture {
    @Test
    void takesOfAll() {
        // when
        Outcome outcome =
                limits.take(List.of("b", "a", "b"), 1, 0, null).outcome().join();

        // then
        assertThat(outcome.reply()).isInstanceOf(Granted.class);
        assertThat(outcome.leases()).allMatch(lease -> lease.expiresAt() == lease.startsAt());
        assertThat(occupied()).containsExactly(1.0, 1.0, 0.0);
        assertThat(ledger.leases("a", null, 1)).isEmpty();
    }

    @Test
    void returnsWhatItTookWhenALaterLimitDenies() {
        // given
        hold("c");

        // when
        Outcome outcome =
                limits.take(List.of("c", "b", "a"), 1, 0, null).outcome().join();

        // then
        assertThat(outcome.reply()).isInstanceOf(Denied.class);
        assertThat(outcome.limit()).isEqualTo("c");
        assertThat(occupied()).containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void leavesWhatOthersTook() {
        // given
        put("a", 2);
        limits.take(List.of("a"), 1, 0, null).outcome().join();
        hold("c");

        // when
        limits.take(List.of("a", "c"), 1, 0, null).outcome().join();

        // then
        assertThat(occupied()).containsExactly(1.0, 0.0, 1.0);
    }

    @Test
    void asksOneLimitJustOnce() {
        // given
        int before = ledger.sent().size();

        // when
        limits.take(List.of("a"), 1, 0, null).outcome().join();

        // then
        assertThat(sentSince(before)).hasSize(1).allMatch(TakeSlots.class::isInstance);
    }
}
