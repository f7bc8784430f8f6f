package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Claim;
import io.limitledger.core.state.Holder;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LeaseRecord;
import io.limitledger.core.state.Waiter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** State that was put down is taken up again exactly as it was. */
class StateJsonTest {
    private static final UUID ZEROS = new UUID(0, 0);

    /** Nobody needs to name a key or a correlation id; a waiter must still be answered. */
    @Test
    void shouldKeepAnAskerWithoutKeyAndCorrelation() {
        // given
        Waiter waiter = new Waiter(
                new Claim(ZEROS, "a", 1, 1, null, List.of()), null, 1, 1, 1, null, new Asker("mine", 0, "", ""));

        // when
        LeaseRecord read = StateJson.read(StateJson.write(waiter), LeaseRecord.class);

        // then
        assertThat(read).isEqualTo(waiter);
    }

    @Test
    void shouldKeepTheIdOfZerosAndAnEmptyHolder() {
        // given
        Lease lease = new Lease(new Claim(ZEROS, "a", 1, 1, new Holder("\"\""), List.of()), 1, 0, 1, 1, 2, null);

        // when
        LeaseRecord read = StateJson.read(StateJson.write(lease), LeaseRecord.class);

        // then
        assertThat(read).isEqualTo(lease);
    }

    /** As they were written when waiters, leases and ended leases had records of their own. */
    @Test
    void shouldStopAtALeaseThatDoesNotSayWhatItIs() {
        // given
        byte[] untyped = "{\"leaseId\":\"3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b\",\"limit\":\"database\"}"
                .getBytes(StandardCharsets.UTF_8);

        // then
        assertThatThrownBy(() -> StateJson.read(untyped, LeaseRecord.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Expected a state record of type LeaseRecord")
                .hasStackTraceContaining("missing type id property 'type'");
    }

    @Test
    void shouldStopAtWhatItDidNotWrite() {
        // given
        byte[] unknown = "{\"type\":\"Lease\",\"leaseId\":\"3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b\",\"colour\":1}"
                .getBytes(StandardCharsets.UTF_8);

        // then
        assertThatThrownBy(() -> StateJson.read(unknown, LeaseRecord.class))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Expected a state record of type LeaseRecord");
    }
}
