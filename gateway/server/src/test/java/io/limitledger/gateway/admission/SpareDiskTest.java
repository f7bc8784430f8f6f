package io.limitledger.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.client.Asking;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.CancelAcquire;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.state.Definition;
import io.limitledger.wire.ReplyRecord;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On a disk that is nearly full, what is held can still be kept and given back. */
class SpareDiskTest {
    private static final UUID ID = new UUID(0, 1);

    private boolean isScarce = true;
    private final Asking port = new SpareDisk(new Silent(), () -> isScarce);

    @Test
    void shouldRefuseWhatIsNewAndLetInWhatKeepsOrGivesBack() {
        assertThat(port.send(new PutLimit("a", new Definition(1, 0, true), null, true)))
                .isCompletedExceptionally();
        assertThat(port.send(new AcquireLease("a", ID, 1, 1_000, 0, null, List.of())))
                .isCompletedExceptionally();
        assertThat(port.send(new RenewLease("a", ID, 1_000, null))).isNotDone();
        assertThat(port.send(new ReleaseLease("a", ID), 0)).isNotDone();
        assertThat(port.send(new CancelAcquire("a", ID))).isNotDone();
    }

    @Test
    void shouldLetInEverythingWhenThereIsRoomAgain() {
        // when
        isScarce = false;

        // then
        assertThat(port.send(new PutLimit("a", new Definition(1, 0, true), null, true)))
                .isNotDone();
    }

    /** Takes everything and answers nothing. */
    private static final class Silent implements Asking {
        @Override
        public CompletableFuture<ReplyRecord> send(LimitCommand command, int partition, @Nullable String by) {
            return new CompletableFuture<>();
        }

        @Override
        public int partitions() {
            return 1;
        }
    }
}
