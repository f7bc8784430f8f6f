package io.limitledger.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.reply.Released;
import io.limitledger.wire.ReplyRecord;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a reader may look at the view. */
@Timeout(60)
class ViewPositionTest {
    private final ViewPosition position = new ViewPosition(2);

    /** So long it has gathered records, and what it shows is older than a reader may see. */
    @Test
    void shouldLookAgainForTheFirstReader() throws Exception {
        // when
        CompletableFuture<Void> first = position.caughtUp();

        // then
        assertThat(position.caughtUp()).as("the next one").isDone();
        position.wake();
        position.wake();
        assertThat(first).isDone();
    }

    @Test
    void shouldNotWaitForLooksWhereNothingIsWritten() throws Exception {
        // when
        CompletableFuture<Void> first = position.caughtUp();

        // then
        first.get(30, TimeUnit.SECONDS);
    }

    @Test
    void shouldWaitForWhatWasAnswered() {
        // given
        CompletableFuture<Void> unused = position.caughtUp();
        position.answered(new ReplyRecord(new Released(new UUID(0, 1)), 1, 7, 0, 1));

        // when
        CompletableFuture<Void> caughtUp = position.caughtUp();
        position.seen(1, 6);
        position.wake();
        boolean isEarly = caughtUp.isDone();
        position.seen(1, 7);
        position.wake();

        // then
        assertThat(isEarly).isFalse();
        assertThat(caughtUp).isDone();
    }
}
