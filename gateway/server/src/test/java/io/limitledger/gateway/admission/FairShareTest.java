package io.limitledger.gateway.admission;

import static io.limitledger.gateway.admission.FairShare.Answer.ALL_FULL;
import static io.limitledger.gateway.admission.FairShare.Answer.SHARE_FULL;
import static io.limitledger.gateway.admission.FairShare.Answer.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private static final int PLACES = 100;

    private final FairShare share = new FairShare(() -> PLACES);

    @Test
    void shouldGiveHalfToAClientThatIsAlone() {
        // when
        int taken = takeAll("greedy");

        // then
        assertThat(taken).isEqualTo(50);
        assertThat(share.take("greedy")).isEqualTo(SHARE_FULL);
    }

    @Test
    void shouldAlwaysHaveRoomForOneMoreClient() {
        // when
        int[] taken = IntStream.range(0, 6).map(i -> takeAll("client " + i)).toArray();

        // then
        assertThat(taken).containsExactly(50, 25, 13, 6, 3, 2);
        assertThat(share.take("newcomer")).isEqualTo(TAKEN);
        assertThat(share.take("last")).isEqualTo(ALL_FULL);
    }

    @Test
    void shouldTakeAgainWhatWasGivenBack() {
        // given
        takeAll("greedy");

        // when
        share.giveBack("greedy");

        // then
        assertThat(share.take("greedy")).isEqualTo(TAKEN);
    }

    @Test
    void shouldForgetAClientThatHasNothing() {
        // given
        share.take("a");

        // when
        share.giveBack("a");
        share.giveBack("a");

        // then
        assertThat(share.has("a")).isZero();
        assertThat(share.all()).isZero();
    }

    private int takeAll(String client) {
        int taken = 0;
        while (share.take(client) == TAKEN) {
            taken++;
        }
        return taken;
    }
}
