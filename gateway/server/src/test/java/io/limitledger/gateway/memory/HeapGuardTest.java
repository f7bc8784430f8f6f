package io.limitledger.gateway.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the guard makes of collections. */
class HeapGuardTest {
    private final HeapGuard guard = new HeapGuard(1_000);

    @Test
    void isFullWhenLittleIsLeftAfterACollection() {
        // when
        guard.hear(860, true, "G1 Old Generation");

        // then
        assertThat(guard.isFull()).isTrue();
    }

    @Test
    void hasRoomAgainWhenACollectionHasMadeSome() {
        // given
        guard.hear(860, false, "G1 Young Generation");

        // when
        guard.hear(400, false, "G1 Young Generation");

        // then
        assertThat(guard.isFull()).isFalse();
    }
}
