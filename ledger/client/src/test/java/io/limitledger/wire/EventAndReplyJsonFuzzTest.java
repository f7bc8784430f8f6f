package io.limitledger.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gateways and auditors read topics to which others may write: whatever stands there is read or refused. */
@Timeout(3_600)
class EventAndReplyJsonFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 5_000);

    /** Throws {@link UnreadableRecordException} only. */
    @FunctionalInterface
    private interface Reader {
        Object read(byte[] value) throws UnreadableRecordException;
    }

    @Test
    void shouldRefuseOrReadWhateverStandsAmongTheEvents() {
        // given
        Mutations events = Mutations.ofEvents(new Random(20261120));

        // when
        int read = countRead(events, EventJson::read);

        // then
        assertThat(read).isBetween(INPUTS / 100, INPUTS * 2 / 3);
    }

    @Test
    void shouldRefuseOrReadWhateverStandsAmongTheReplies() {
        // given
        Mutations replies = Mutations.ofReplies(new Random(20261120));

        // when
        int read = countRead(replies, ReplyJson::read);

        // then
        assertThat(read).isBetween(INPUTS / 100, INPUTS * 2 / 3);
    }

    private static int countRead(Mutations records, Reader reader) {
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            read += isRead(records.next(), reader) ? 1 : 0;
        }
        return read;
    }

    private static boolean isRead(byte[] record, Reader reader) {
        try {
            assertThat(reader.read(record)).isNotNull();
            return true;
        } catch (UnreadableRecordException e) {
            return false;
        } catch (Throwable e) {
            throw new AssertionError("Expected to read or refuse " + new String(record, UTF_8), e);
        }
    }
}
