package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.wire.StateKey.Kind;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of a state record says what the record is. */
class StateKeyTest {
    private static final UUID LEASE_ID = UUID.fromString("3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b");

    @Test
    void shouldReadBackTheKeyOfALease() {
        // when
        StateKey key = StateKey.parse(StateKey.ofLease("Köln: db 1", LEASE_ID).text());

        // then
        assertThat(key).isEqualTo(new StateKey(Kind.LEASE, LEASE_ID, "Köln: db 1", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"database", " ", "position", "lease", "\ud83d\uddc4"})
    void shouldReadBackTheKeyOfALimit(String limit) {
        assertThat(StateKey.parse(StateKey.ofLimit(limit).text()))
                .isEqualTo(new StateKey(Kind.LIMIT, null, limit, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"customer-42", "a/b", "/", " ", ""})
    void shouldReadBackTheKeyOfAKeyOfALimit(String key) {
        assertThat(StateKey.parse(StateKey.ofKey("database", key).text()))
                .isEqualTo(new StateKey(Kind.KEY, null, "database", key));
    }

    @Test
    void shouldReadBackTheKeyOfTheLeaseClock() {
        assertThat(StateKey.parse(StateKey.LEASE_CLOCK.text()))
                .isEqualTo(new StateKey(Kind.LEASE_CLOCK, null, null, null));
    }

    @Test
    void shouldReadBackTheMark() {
        assertThat(StateKey.parse(StateKey.MARK.text())).isEqualTo(new StateKey(Kind.MARK, null, null, null));
    }

    /** A gateway of the version before knows no mark, and must not stumble over it. */
    @Test
    void shouldBeginTheMarkWithAKindThatOlderGatewaysPassOver() {
        assertThat(StateKey.MARK.text()).isEqualTo("clock/mark").startsWith(StateKey.LEASE_CLOCK.text() + "/");
    }

    @Test
    void shouldReadBackTheKeyOfTheRemovals() {
        assertThat(StateKey.parse(StateKey.REMOVALS.text())).isEqualTo(new StateKey(Kind.REMOVALS, null, null, null));
    }

    @Test
    void shouldKeepItsForm() {
        assertThat(StateKey.ofLease("database", LEASE_ID).text())
                .isEqualTo("lease/3f2b8c1e-9a4d-4e6f-8b7a-1c2d5e6f7a8b/database");
        assertThat(StateKey.ofLimit("database").text()).isEqualTo("limit/database");
        assertThat(StateKey.ofKey("database", "customer/42").text()).isEqualTo("key/database/customer/42");
        assertThat(StateKey.REMOVALS.text()).isEqualTo("removals");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "limit", "limit/a/b", "lease/a", "lease/no id/a", "removals/x", "clock/", "/", "reply-key"})
    void shouldRefuseWhatHasOtherParts(String key) {
        assertThatThrownBy(() -> StateKey.parse(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAnotherKey() {
        assertThatThrownBy(() -> StateKey.parse("waiter/database"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Expected the key of a state record, but got 'waiter'. Was the store written by another version of limits?");
    }
}
