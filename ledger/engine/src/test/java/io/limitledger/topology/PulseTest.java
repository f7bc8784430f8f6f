package io.limitledger.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Claim;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseClock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final long T = 1_700_000_000_000L;
    private static final Lease LEASE =
            new Lease(new Claim(new UUID(0, 1), "db", 1, 60_000, null, List.of()), 0, 0, T, T, T + 60_000, null);

    private final IndexedLedgerState state = new IndexedLedgerState(new HeapRecords());
    private final Pulse pulse = new Pulse();

    @Test
    void shouldNotBeatWhereNothingIsHeld() {
        assertThat(pulse.beats(T, false, state)).isFalse();
    }

    @Test
    void shouldBeatAtOnceWhereTheFirstLeaseIsHeldAndSoonAgainUntilItIsHeard() {
        // given
        state.put(LEASE);

        // then
        assertThat(pulse.beats(T, false, state)).isTrue();
        assertThat(pulse.beats(T + 99, false, state)).isFalse();
        assertThat(pulse.beats(T + 100, false, state)).isTrue();
    }

    @Test
    void shouldBeatEverySecondOnceItIsHeard() {
        // given
        state.put(LEASE);
        pulse.beats(T, false, state);
        state.put(LeaseClock.RESTING.heard(T + 5, true));

        // then
        assertThat(pulse.beats(T + 999, false, state)).isFalse();
        assertThat(pulse.beats(T + 1_000, false, state)).isTrue();
        assertThat(pulse.beats(T + 1_999, false, state)).isFalse();
    }

    @Test
    void shouldBeatOnceMoreWhenNothingIsHeldAnyLonger() {
        // given
        state.put(LEASE);
        state.put(LeaseClock.RESTING.heard(T, true));
        pulse.beats(T, false, state);
        state.remove(LEASE.limit(), LEASE.leaseId());

        // then
        assertThat(pulse.beats(T + 1_000, false, state)).isTrue();
        state.put(state.leaseClock().heard(T + 1_001, false));
        assertThat(pulse.beats(T + 2_000, false, state)).isFalse();
    }

    @Test
    void shouldBeatUntilItIsKnownWhatTimeItIs() {
        // then
        assertThat(pulse.beats(T, true, state)).isTrue();
        assertThat(pulse.beats(T + 999, true, state)).isFalse();
        assertThat(pulse.beats(T + 1_000, true, state)).isTrue();
        assertThat(pulse.beats(T + 2_000, false, state)).isFalse();
    }
}
