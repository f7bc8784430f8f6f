package io.limitledger.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.limitledger.core.command.Tick;
import io.limitledger.core.state.Asker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers come from anybody: they name an asker, or nobody, and never stop the ledger. */
class CommandRecordTest {
    private static final Tick TICK = new Tick("database");

    @Test
    void shouldReadBackAnAsker() {
        // given
        Asker asker = new Asker("limits.replies", 3, "gateway-1", "4x");

        // when
        Headers headers = CommandRecord.headers(asker);

        // then
        assertThat(CommandRecord.asker(headers)).isEqualTo(asker);
    }

    @Test
    void shouldFindNobodyWithoutAReplyTopic() {
        // given
        Headers headers = with(headers(), CommandRecord.CORRELATION_ID, "4x");

        // then
        assertThat(CommandRecord.asker(headers)).isNull();
        assertThat(CommandRecord.asker(with(headers, CommandRecord.REPLY_TOPIC, "")))
                .isNull();
        assertThat(CommandRecord.asker(headers.add(CommandRecord.REPLY_TOPIC, null)))
                .isNull();
    }

    @Test
    void shouldNeedNoMoreThanAReplyTopic() {
        // given
        Headers headers = with(headers(), CommandRecord.REPLY_TOPIC, "mine");

        // then
        assertThat(CommandRecord.asker(headers)).isEqualTo(new Asker("mine", 0, "", ""));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "2147483647,2147483647", "2147483648,0", "-1,0", "one,0", "'',0", "1.0,0", "' 1',0"})
    void shouldReadAPartitionOrTakeTheFirst(String text, int partition) {
        // given
        Headers headers = with(headers(), CommandRecord.REPLY_TOPIC, "mine");

        // when
        Asker asker = CommandRecord.asker(with(headers, CommandRecord.REPLY_PARTITION, text));

        // then
        assertThat(asker.partition()).isEqualTo(partition);
    }

    @Test
    void shouldTakeTheLastOfRepeatedHeaders() {
        // given
        Headers headers = with(headers(), CommandRecord.REPLY_TOPIC, "first");

        // when
        with(headers, CommandRecord.REPLY_TOPIC, "last");

        // then
        assertThat(CommandRecord.asker(headers).topic()).isEqualTo("last");
    }

    @ParameterizedTest
    @ValueSource(strings = {CommandRecord.REPLY_TOPIC, CommandRecord.REPLY_KEY, CommandRecord.CORRELATION_ID})
    void shouldAnswerNobodyWithNamesBeyondAllMeasure(String header) {
        // given
        Headers headers = with(headers(), CommandRecord.REPLY_TOPIC, "mine");

        // then
        assertThat(CommandRecord.asker(with(headers, header, "x".repeat(255)))).isNotNull();
        assertThat(CommandRecord.asker(with(headers, header, "x".repeat(256)))).isNull();
    }

    @Test
    void shouldReadBytesThatAreNoText() {
        // given
        Headers headers = headers().add(CommandRecord.REPLY_TOPIC, new byte[] {(byte) 0xC3, 0x28, (byte) 0xFF});

        // when
        Asker asker = CommandRecord.asker(headers);

        // then
        assertThat(new String(asker.topic().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(asker.topic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"token:ci-deploy", "user:j\u00fcrgen@example.com", "x"})
    void shouldReadBackWhoAsks(String by) throws UnreadableRecordException {
        // given
        ProducerRecord<byte[], byte[]> record = new CommandRecord(TICK, null, by).to(0);

        // when
        CommandRecord read = read(record.headers(), 4);

        // then
        assertThat(read).isEqualTo(new CommandRecord(TICK, null, by));
    }

    static List<Arguments> namesOfNoPrincipal() {
        return List.of(
                arguments("".getBytes(StandardCharsets.UTF_8), "has 0 characters, but may have 1 to 255"),
                arguments(
                        "x".repeat(256).getBytes(StandardCharsets.UTF_8), "has 256 characters, but may have 1 to 255"),
                arguments(new byte[] {(byte) 0xC3, 0x28}, "is not text in UTF-8"),
                arguments("a\nb".getBytes(StandardCharsets.UTF_8), "has control characters"));
    }

    @ParameterizedTest
    @MethodSource("namesOfNoPrincipal")
    void shouldRefuseWhatIsNoNameOfAPrincipal(byte[] name, String because) throws UnreadableRecordException {
        // given
        Headers headers = headers().add(CommandRecord.BY, name);

        // then
        assertThatThrownBy(() -> read(headers, 4))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(because)
                .hasMessageContaining("such as 'service:billing'");
        assertThat(read(headers, 3).by())
                .as("older rules do not know the header")
                .isNull();
    }

    @Test
    void shouldKnowNobodyWithoutTheHeaderOrItsValue() throws UnreadableRecordException {
        // then
        assertThat(read(headers(), 4).by()).isNull();
        assertThat(read(headers().add(CommandRecord.BY, null), 4).by()).isNull();
    }

    private static CommandRecord read(Headers headers, int rules) throws UnreadableRecordException {
        return new CommandRecord.Reader(1, rules, LedgerKeys.UNCHECKED)
                .read(TICK.limit().getBytes(StandardCharsets.UTF_8), CommandJson.write(TICK), headers, 0);
    }

    private static Headers headers() {
        return new org.apache.kafka.common.header.internals.RecordHeaders();
    }

    private static Headers with(Headers headers, String name, String value) {
        HeaderText.put(headers, name, value);
        return headers;
    }
}
