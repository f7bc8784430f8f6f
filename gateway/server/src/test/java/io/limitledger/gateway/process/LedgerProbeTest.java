package io.limitledger.gateway.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.Asking;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.reply.Settled;
import io.limitledger.wire.ReplyRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LedgerProbeTest {
    private final Asked ledger = new Asked();
    private long nanos;
    private final LedgerProbe probe = new LedgerProbe(ledger, () -> nanos);

    private void look() {
        var unused = probe.look();
    }

    @Test
    void shouldAnswerOnceEveryPartitionHas() {
        // given
        CompletableFuture<Boolean> look = probe.look();
        ledger.answer(0);
        assertThat(look).isNotDone();

        // when
        ledger.answer(1);

        // then
        assertThat(look).isCompletedWithValue(true);
    }

    @Test
    void shouldAskOnceHoweverManyLookWithinASecond() {
        // given
        look();
        look();
        ledger.answerAll();

        // when
        nanos += Duration.ofMillis(999).toNanos();
        look();

        // then
        assertThat(ledger.sent).hasSize(2);
    }

    /** A server that has hung since the last look must not be called ready because it was then. */
    @Test
    void shouldNotAnswerWithWhatIsOld() {
        // given
        look();
        ledger.answerAll();

        // when
        nanos += Duration.ofSeconds(1).toNanos();

        // then
        assertThat(probe.look()).isNotDone();
    }

    @Test
    void shouldFindThatItDoesNotAnswerWhereSendingFails() {
        // given
        CompletableFuture<Boolean> look = probe.look();

        // when
        ledger.sent.get(0).completeExceptionally(new IllegalStateException("closed"));
        ledger.answer(1);

        // then
        assertThat(look).isCompletedWithValue(false);
        assertThat(probe.answers()).isFalse();
    }

    /** A ledger of two partitions, which answers when the test says so. */
    private static final class Asked implements Asking {
        private final List<CompletableFuture<ReplyRecord>> sent = new ArrayList<>();

        void answer(int index) {
            sent.get(index).complete(new ReplyRecord(new Settled(null), index, 0, 0, 0));
        }

        void answerAll() {
            answer(0);
            answer(1);
        }

        @Override
        public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
            CompletableFuture<ReplyRecord> answer = new CompletableFuture<>();
            sent.add(answer);
            return answer;
        }

        @Override
        public int partitions() {
            return 2;
        }
    }
}
