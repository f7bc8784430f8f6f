package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A disk that fills is reported before it is full. */
class DiskSpaceTest {
    private long free;
    private final DiskSpace space = DiskSpace.of(() -> free << 20);

    @Test
    void shouldSayNothingWhileThereIsRoom() {
        // when
        look(1_024);

        // then
        assertThat(space.isScarce()).isFalse();
        assertThat(space.readiness().detail()).isEqualTo("enough");
    }

    @Test
    void shouldWarnBeforeItRefuses() {
        // when
        look(1_023);

        // then
        assertThat(space.isScarce()).isFalse();
        assertThat(space.readiness().detail()).isEqualTo("1023 MB are left on the disk, make room");
    }

    @Test
    void shouldTakeNothingNewOnWhenItIsScarce() {
        // when
        look(255);

        // then
        assertThat(space.isScarce()).isTrue();
        assertThat(space.readiness().detail())
                .isEqualTo("255 MB are left on the disk: no new limits and leases are taken");
    }

    @Test
    void shouldGoOnWhenThereIsRoomAgain() {
        // given
        look(100);

        // when
        look(300);

        // then
        assertThat(space.isScarce()).isFalse();
    }

    private void look(long megabytes) {
        free = megabytes;
        space.look();
    }
}
