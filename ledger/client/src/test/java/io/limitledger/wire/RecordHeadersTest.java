package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.state.Asker;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers come from anybody: they name an asker, or nobody, and never stop the ledger. */
class RecordHeadersTest {

    @Test
    void shouldReadBackAnAsker() {
        // given
        Asker asker = new Asker("limits.replies", 3, "gateway-1", "4x");
        Headers headers = headers();

        // when
        RecordHeaders.add(headers, asker);

        // then
        assertThat(RecordHeaders.asker(headers)).isEqualTo(asker);
    }

    @Test
    void shouldFindNobodyWithoutAReplyTopic() {
        // given
        Headers headers = with(headers(), RecordHeaders.CORRELATION_ID, "4x");

        // then
        assertThat(RecordHeaders.asker(headers)).isNull();
        assertThat(RecordHeaders.asker(with(headers, RecordHeaders.REPLY_TOPIC, "")))
                .isNull();
        assertThat(RecordHeaders.asker(headers.add(RecordHeaders.REPLY_TOPIC, null)))
                .isNull();
    }

    @Test
    void shouldNeedNoMoreThanAReplyTopic() {
        // given
        Headers headers = with(headers(), RecordHeaders.REPLY_TOPIC, "mine");

        // then
        assertThat(RecordHeaders.asker(headers)).isEqualTo(new Asker("mine", 0, "", ""));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "2147483647,2147483647", "2147483648,0", "-1,0", "one,0", "'',0", "1.0,0", "' 1',0"})
    void shouldReadAPartitionOrTakeTheFirst(String text, int partition) {
        // given
        Headers headers = with(headers(), RecordHeaders.REPLY_TOPIC, "mine");

        // when
        Asker asker = RecordHeaders.asker(with(headers, RecordHeaders.REPLY_PARTITION, text));

        // then
        assertThat(asker.partition()).isEqualTo(partition);
    }

    @Test
    void shouldTakeTheLastOfRepeatedHeaders() {
        // given
        Headers headers = with(headers(), RecordHeaders.REPLY_TOPIC, "first");

        // when
        with(headers, RecordHeaders.REPLY_TOPIC, "last");

        // then
        assertThat(RecordHeaders.asker(headers).topic()).isEqualTo("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {RecordHeaders.REPLY_TOPIC, RecordHeaders.REPLY_KEY, RecordHeaders.CORRELATION_ID})
    void shouldAnswerNobodyWithNamesBeyondAllMeasure(String header) {
        // given
        Headers headers = with(headers(), RecordHeaders.REPLY_TOPIC, "mine");

        // then
        assertThat(RecordHeaders.asker(with(headers, header, "x".repeat(255)))).isNotNull();
        assertThat(RecordHeaders.asker(with(headers, header, "x".repeat(256)))).isNull();
    }

    @Test
    void shouldReadBytesThatAreNoText() {
        // given
        Headers headers = headers().add(RecordHeaders.REPLY_TOPIC, new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});

        // when
        Asker asker = RecordHeaders.asker(headers);

        // then
        assertThat(new String(asker.topic().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(asker.topic());
    }

    private static Headers headers() {
        return new org.apache.kafka.common.header.internals.RecordHeaders();
    }

    private static Headers with(Headers headers, String name, String value) {
        RecordHeaders.put(headers, name, value);
        return headers;
    }
}
