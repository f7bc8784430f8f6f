package io.limitledger.gateway.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limitledger.gateway.machine.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A log that was damaged after a clean stop is named before Kafka would append to it. */
class LogFilesTest {
    private static final String FIRST = "00000000000000000000";
    private static final int BATCHES = 3;

    @TempDir
    private Path data;

    private Path logDir;
    private Path log;
    private int batchBytes;

    @BeforeEach
    void stopCleanly() throws IOException {
        logDir = data.resolve("kafka");
        log = makePartition("limits.events-0");
        batchBytes = (int) Files.size(log) / BATCHES;
        Files.createFile(logDir.resolve(".kafka_cleanshutdown"));
    }

    private Path makePartition(String name) throws IOException {
        Path partition = Files.createDirectories(logDir.resolve(name));
        Path file = partition.resolve(FIRST + ".log");
        Files.createFile(file);
        for (int offset = 0; offset < BATCHES; offset++) {
            byte[] value = ("value " + offset).getBytes(StandardCharsets.UTF_8);
            append(file, MemoryRecords.withRecords(offset, Compression.NONE, new SimpleRecord(1_000L, value)));
        }
        Files.writeString(partition.resolve("partition.metadata"), "version: 0");
        Files.createFile(partition.resolve("0000000000000000000" + BATCHES + ".snapshot"));
        return file;
    }

    private static void append(Path file, MemoryRecords batch) throws IOException {
        byte[] bytes = new byte[batch.sizeInBytes()];
        batch.buffer().get(bytes);
        Files.write(file, bytes, StandardOpenOption.APPEND);
    }

    @Test
    void shouldFindNothingInWholeLogs() {
        assertThatCode(() -> LogFiles.check(logDir)).doesNotThrowAnyException();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                damage("cut in the last batch", bytes -> Arrays.copyOf(bytes, bytes.length - 1), 2),
                damage("a value changed", bytes -> flip(bytes, bytes.length / BATCHES + 64), 1),
                damage("the offset of the last batch changed", bytes -> flip(bytes, bytes.length / BATCHES * 2 + 5), 2),
                damage("garbage behind", bytes -> Arrays.copyOf(bytes, bytes.length + 300), 3));
    }

    private static Arguments damage(String name, UnaryOperator<byte[]> how, int wholeBatches) {
        return Arguments.of(name, how, wholeBatches);
    }

    private static byte[] flip(byte[] bytes, int at) {
        byte[] damaged = bytes.clone();
        damaged[at] = (byte) ~damaged[at];
        return damaged;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void shouldNameALogThatCannotBeReadToItsEnd(String name, UnaryOperator<byte[]> how, int wholeBatches)
            throws IOException {
        // given
        Files.write(log, how.apply(Files.readAllBytes(log)));
        long size = Files.size(log);

        // then
        assertThatThrownBy(() -> LogFiles.check(logDir))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The file " + log + " is damaged: it can be read only up to byte "
                        + wholeBatches * batchBytes + " of " + size + ". Bring it back from a copy of this data, or run"
                        + " 'limits restore --data-dir " + data);
    }

    @Test
    void shouldNameALogThatEndsEarlierThanItWasClosed() throws IOException {
        // given
        Files.write(log, Arrays.copyOf(Files.readAllBytes(log), batchBytes));

        // then
        assertThatThrownBy(() -> LogFiles.check(logDir))
                .hasMessageContaining(log + " is damaged: it ends at offset 1, and ended at 3 when it was closed");
    }

    @Test
    void shouldNameAnOldCopyThatEndsEarlierThanTheLogWasFlushed() throws IOException {
        // given
        Files.writeString(logDir.resolve("recovery-point-offset-checkpoint"), "0\n1\nlimits.events 0 4\n");

        // then
        assertThatThrownBy(() -> LogFiles.check(logDir))
                .hasMessageContaining(log + " is damaged: it ends at offset 3, and ended at 4 when it was closed");
    }

    @Test
    void shouldNameABeginningBehindTheEnd() throws IOException {
        // given
        Path starts = logDir.resolve("log-start-offset-checkpoint");
        Files.writeString(starts, "0\n1\nlimits.events 0 9\n");

        // then
        assertThatThrownBy(() -> LogFiles.check(logDir))
                .hasMessageContaining(
                        starts + " is damaged: it says that limits.events-0 begins at offset 9, and that ends at 3");
    }

    @Test
    void shouldNameALogThatIsMissing() throws IOException {
        // given
        Files.writeString(
                logDir.resolve("recovery-point-offset-checkpoint"),
                "0\n4\n__consumer_offsets 0 5\nlimits.events 0 3\nlimits.ledgers 0 1\nlimits.rejected 0 0\n");

        // then
        assertThatThrownBy(() -> LogFiles.check(logDir))
                .hasMessageStartingWith(
                        "The file " + logDir.resolve("limits.ledgers-0") + " is damaged: it is missing. ")
                .hasMessageContaining("--accept-loss");
    }

    @Test
    void shouldLeaveToKafkaWhatWasNotStoppedCleanly() throws IOException {
        // given
        Files.write(log, new byte[1]);
        Files.delete(logDir.resolve(".kafka_cleanshutdown"));

        // then
        assertThatCode(() -> LogFiles.check(logDir)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("indexes")
    void shouldRemoveAnIndexThatDoesNotFitItsLog(int entry, int place, boolean isKept) throws IOException {
        // given
        Path index = log.resolveSibling(FIRST + ".index");
        int at = place < 0 ? batchBytes : place;
        Files.write(index, ByteBuffer.allocate(8).putInt(entry).putInt(at).array());

        // when
        LogFiles.check(logDir);

        // then
        assertThat(Files.exists(index)).isEqualTo(isKept);
    }

    /** Offset and place of an entry; the place of the second batch is that of no other number. */
    static Stream<Arguments> indexes() {
        return Stream.of(
                Arguments.of(1, -1, true),
                Arguments.of(1, 7, false),
                Arguments.of(0, -1, false),
                Arguments.of(1, Integer.MAX_VALUE, false));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void shouldHaveTheIndexesMadeAnewIfAnAbortIsMissingInThem(boolean isIndexed, boolean isKept) throws IOException {
        // given
        long producer = 7;
        SimpleRecord record = new SimpleRecord(1_000L, new byte[1]);
        EndTransactionMarker abort = new EndTransactionMarker(ControlRecordType.ABORT, 0);
        append(log, MemoryRecords.withTransactionalRecords(3, Compression.NONE, producer, (short) 0, 0, 0, record));
        append(log, MemoryRecords.withEndTransactionMarker(4, 1_000L, 0, producer, (short) 0, abort));
        Files.move(snapshot(BATCHES), snapshot(BATCHES + 2));
        Path index = Files.createFile(log.resolveSibling(FIRST + ".index"));
        if (isIndexed) {
            ByteBuffer entry = ByteBuffer.allocate(34)
                    .putShort((short) 0)
                    .putLong(producer)
                    .putLong(3)
                    .putLong(4);
            Files.write(
                    log.resolveSibling(FIRST + ".txnindex"), entry.putLong(3).array());
        }

        // when
        LogFiles.check(logDir);

        // then
        assertThat(Files.exists(index)).isEqualTo(isKept);
    }

    private Path snapshot(int offset) {
        return log.resolveSibling("0000000000000000000" + offset + ".snapshot");
    }

    @Test
    void shouldKeepWhatARestoreCutsOff() throws IOException {
        // given
        Path offsets = makePartition("__consumer_offsets-0");
        byte[] damaged = Arrays.copyOf(Files.readAllBytes(log), batchBytes + 1);
        Files.write(log, damaged);
        Files.write(offsets, damaged);

        // when
        LogFiles.cutOff(logDir);

        // then
        assertThat(Files.exists(logDir.resolve(".kafka_cleanshutdown"))).isFalse();
        assertThat(offsets.getParent()).isDirectoryContaining("glob:**/partition.metadata");
        assertThat(offsets).doesNotExist();
        Path kept = onlyFolderIn(data.resolve("damaged"));
        assertThat(kept.resolve("limits.events-0").resolve(log.getFileName())).hasBinaryContent(damaged);
        assertThat(kept.resolve("__consumer_offsets-0").resolve(log.getFileName()))
                .hasBinaryContent(damaged);
    }

    @Test
    void shouldCutNothingOffTheMetadata() throws IOException {
        // given
        Path metadata = makePartition("__cluster_metadata-0");
        Files.write(metadata, new byte[1]);

        // then
        assertThatThrownBy(() -> LogFiles.cutOff(logDir))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The file " + metadata)
                .hasMessageEndingWith("Bring it back from a copy of this data");
    }

    private static Path onlyFolderIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
