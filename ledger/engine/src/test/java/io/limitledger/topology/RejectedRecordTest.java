package io.limitledger.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.wire.HeaderText;
import io.limitledger.wire.ReplyRecord;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.Test;

/** A rejected record fits its topic, whatever it was. */
class RejectedRecordTest {
    private static final RecordMetadata PLACE = new Place("limits.commands", 3, 42);

    private record Place(String topic, int partition, long offset) implements RecordMetadata {}

    @Test
    void shouldKeepWhatFits() {
        // given
        Headers headers = headers().add("trace", new byte[90_000]);

        // when
        Record<byte[], byte[]> rejected = rejected(new byte[100_000], new byte[1_000_000], headers);

        // then
        assertThat(rejected.key()).hasSize(100_000);
        assertThat(rejected.value()).hasSize(1_000_000);
        assertThat(rejected.headers().lastHeader("trace").value()).hasSize(90_000);
        assertThat(HeaderText.of(rejected.headers(), RejectedRecord.ORIGINAL_BYTES))
                .isNull();
    }

    @Test
    void shouldCutWhatDoesNotFitAndSayHowMuchThereWas() {
        // given
        Headers headers = headers().add("trace", new byte[100_000]);

        // when
        Record<byte[], byte[]> rejected = rejected(new byte[100_001], new byte[5_000_000], headers);

        // then
        assertThat(rejected.key()).hasSize(100_000);
        assertThat(rejected.value()).hasSize(1_000_000);
        assertThat(rejected.headers().lastHeader("trace")).isNull();
        assertThat(HeaderText.of(rejected.headers(), RejectedRecord.ORIGINAL_BYTES))
                .isEqualTo("5000000");
    }

    @Test
    void shouldLeaveOutHeadersThatAreManyAndEmpty() {
        // given
        Headers headers = headers();
        IntStream.range(0, 20_000).forEach(index -> headers.add("", null));

        // when
        Record<byte[], byte[]> rejected = rejected(null, null, headers);

        // then
        assertThat(rejected.headers().toArray()).hasSize(3);
    }

    @Test
    void shouldSayWhyAndWhereItStands() {
        // when
        Record<byte[], byte[]> rejected = rejected(null, null, headers());

        // then
        assertThat(rejected.key()).isNull();
        assertThat(rejected.value()).isNull();
        assertThat(rejected.timestamp()).isEqualTo(7);
        assertThat(HeaderText.of(rejected.headers(), RejectedRecord.REASON)).isEqualTo("because");
        assertThat(HeaderText.of(rejected.headers(), ReplyRecord.COMMAND_PARTITION))
                .isEqualTo("3");
        assertThat(HeaderText.of(rejected.headers(), ReplyRecord.COMMAND_OFFSET))
                .isEqualTo("42");
    }

    /** Somebody may send a rejected record again; the last reason is the one that counts. */
    @Test
    void shouldPutItsOwnHeadersLast() {
        // given
        Headers headers = headers().add(RejectedRecord.REASON, "of old".getBytes(UTF_8));

        // when
        Record<byte[], byte[]> rejected = rejected(null, null, headers);

        // then
        assertThat(HeaderText.of(rejected.headers(), RejectedRecord.REASON)).isEqualTo("because");
    }

    @Test
    void shouldLeaveTheOriginalAsItIs() {
        // given
        Headers headers = headers();

        // when
        rejected(null, null, headers);

        // then
        assertThat(headers).isEmpty();
    }

    private static Record<byte[], byte[]> rejected(byte[] key, byte[] value, Headers headers) {
        return RejectedRecord.of(new Record<>(key, value, 7, headers), PLACE, "because");
    }

    private static Headers headers() {
        return new org.apache.kafka.common.header.internals.RecordHeaders();
    }
}
