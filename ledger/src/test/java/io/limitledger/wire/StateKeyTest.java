package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.wire.StateKey.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of a state record says what the record is. */
class StateKeyTest {
    private static final UUID LEASE_ID = UUID.fromString("3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b");

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LIMIT", "REMOVALS", "LEASE_CLOCK"})
    void shouldReadBackTheKeyOfALease(Kind kind) {
        // when
        StateKey key = StateKey.parse(new StateKey(kind, LEASE_ID, "Köln: db 1").text());

        // then
        assertThat(key).isEqualTo(new StateKey(kind, LEASE_ID, "Köln: db 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"database", " ", "position", "lease", "\ud83d\uddc4"})
    void shouldReadBackTheKeyOfALimit(String limit) {
        assertThat(StateKey.parse(StateKey.ofLimit(limit).text())).isEqualTo(new StateKey(Kind.LIMIT, null, limit));
    }

    @Test
    void shouldReadBackTheKeyOfTheLeaseClock() {
        assertThat(StateKey.parse(StateKey.LEASE_CLOCK.text())).isEqualTo(new StateKey(Kind.LEASE_CLOCK, null, null));
    }

    @Test
    void shouldReadBackTheKeyOfTheRemovals() {
        assertThat(StateKey.parse(StateKey.REMOVALS.text())).isEqualTo(new StateKey(Kind.REMOVALS, null, null));
    }

    @Test
    void shouldKeepItsForm() {
        assertThat(new StateKey(Kind.LEASE, LEASE_ID, "database").text())
                .isEqualTo("lease/3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b/database");
        assertThat(new StateKey(Kind.WAITER, LEASE_ID, "database").text()).startsWith("waiter/");
        assertThat(new StateKey(Kind.ENDED, LEASE_ID, "database").text()).startsWith("ended/");
        assertThat(StateKey.ofLimit("database").text()).isEqualTo("limit/database");
        assertThat(StateKey.REMOVALS.text()).isEqualTo("removals");
    }

    @Test
    void shouldRefuseAnotherKey() {
        assertThatThrownBy(() -> StateKey.parse("bucket/database"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected the key of a state record, but got 'bucket'");
    }
}
