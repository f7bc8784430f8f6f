package io.limitledger.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.PendingCommands.Pending;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Reply;
import io.limitledger.timer.VirtualTimer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PendingCommandsTest {
    private static final UUID ID = new UUID(1, 1);
    private static final Reply QUEUED = new Queued("database", ID, 0, 60_000);
    private static final Reply RELEASED = new Released(ID);
    private static final int MOST = 2;

    private final VirtualTimer timer = new VirtualTimer();
    private final PendingCommands pending = new PendingCommands(timer, Duration.ofSeconds(10), MOST);

    @Test
    void takesNoMoreThanItsBound() {
        // given
        pending.add(false);
        pending.add(false);

        // when
        Pending third = pending.add(false);

        // then
        assertThat(third).isNull();
        assertThat(pending.size()).isEqualTo(MOST);
    }

    @Test
    void whoStandsInLineKeepsNobodyFromReleasing() {
        // given
        queued();
        queued();

        // when
        Pending release = pending.add(false);

        // then
        assertThat(release).isNotNull();
        assertThat(pending.undecided()).isEqualTo(1);
        assertThat(pending.size()).isEqualTo(3);
    }

    @Test
    void noMoreMayStandInLineThanItsBound() {
        // given
        queued();
        queued();

        // when
        Pending third = pending.add(true);

        // then
        assertThat(third).isNull();
    }

    @Test
    void hasRoomAgainWhenWhatWasUnderWayIsAnswered() {
        // given
        Pending first = queued();
        Pending second = queued();
        answer(first, RELEASED);
        answer(second, QUEUED);
        answer(second, RELEASED);

        // when
        Pending next = pending.add(true);

        // then
        assertThat(next).isNotNull();
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void nothingStaysWhenNoAnswerComes() {
        // given
        queued();
        pending.add(false);

        // when
        timer.pass(Duration.ofMinutes(2).toMillis());

        // then
        assertThat(pending.undecided()).isZero();
        assertThat(pending.size()).isZero();
        assertThat(timer.calls()).isZero();
    }

    private Pending queued() {
        Pending waiting = pending.add(true);
        answer(waiting, QUEUED);
        return waiting;
    }

    private void answer(Pending asked, Reply reply) {
        pending.answer(asked.correlationId(), new Answer(reply, 0, 0, true), timer.nowMillis());
    }
}
