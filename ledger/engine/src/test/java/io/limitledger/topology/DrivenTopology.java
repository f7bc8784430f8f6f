package io.limitledger.topology;

import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Asker;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.UnreadableRecordException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology with its real settings, without a broker. Time passes only when a test says so. */
final class DrivenTopology implements AutoCloseable {
    static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

    private static final ReplyTopics REPLY_TOPICS = ReplyTopics.of(List.of("*.replies"));

    private final RecordingOutbox outbox = new RecordingOutbox();
    private final List<Long> clockSteps = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> commands;
    private final TestOutputTopic<byte[], byte[]> events;
    private final TestOutputTopic<byte[], byte[]> rejected;
    private long now = START;

    DrivenTopology(Path stateDirectory, boolean stateOnDisk) {
        LedgerSettings settings = new LedgerSettings(
                Map.of("bootstrap.servers", "nowhere:9092"),
                stateDirectory,
                "test",
                1,
                0,
                stateOnDisk,
                LedgerSettings.DEFAULT_SESSION,
                REPLY_TOPICS);
        this.driver = new TopologyTestDriver(
                LedgerTopology.build(
                        new LedgerProcessor.Dependencies(1, outbox, noting(clockSteps), REPLY_TOPICS), stateOnDisk),
                settings.streams(),
                Instant.ofEpochMilli(START));
        this.commands =
                driver.createInputTopic(LedgerTopics.COMMANDS, new ByteArraySerializer(), new ByteArraySerializer());
        this.events =
                driver.createOutputTopic(LedgerTopics.EVENTS, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.rejected = driver.createOutputTopic(
                LedgerTopics.REJECTED, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static LedgerMetrics noting(List<Long> clockSteps) {
        return new LedgerMetrics() {
            @Override
            public void clockSteppedBack(int partition, long byMillis) {
                clockSteps.add(byMillis);
            }
        };
    }

    /** Sends a command for which nobody waits. */
    void send(LimitCommand command) {
        send(command, null);
    }

    void send(LimitCommand command, Asker asker) {
        ProducerRecord<byte[], byte[]> record = new CommandRecord(command, asker).to(0);
        send(record.key(), record.value(), record.headers());
    }

    void send(byte[] key, byte[] value, Headers headers) {
        commands.pipeInput(new TestRecord<>(key, value, headers, Instant.ofEpochMilli(now)));
    }

    /** Lets time pass in one step, at the end of which the timer runs. */
    void pass(long millis) {
        now += millis;
        driver.advanceWallClockTime(Duration.ofMillis(millis));
    }

    /** The broker's clock shows so much less from now on. */
    void stepBack(long millis) {
        now -= millis;
    }

    /** The steps back of that clock that were reported, in milliseconds. */
    List<Long> clockSteps() {
        return clockSteps;
    }

    /** Brings the ticks that were sent back through the log. */
    void deliverTicks() {
        outbox.takeTicks().forEach(limit -> send(new Tick(limit)));
    }

    /** The same for heartbeats, and what limits send to one another. */
    void deliverMessages() {
        outbox.takeMessages().forEach(this::send);
    }

    long now() {
        return now;
    }

    RecordingOutbox outbox() {
        return outbox;
    }

    KeyValueStore<String, byte[]> store() {
        return driver.getKeyValueStore(LedgerTopics.STORE);
    }

    /** The events since the last call. */
    List<LimitEvent> takeEvents() throws UnreadableRecordException {
        List<LimitEvent> taken = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : takeEventRecords()) {
            taken.add(EventJson.read(record.value()));
        }
        return taken;
    }

    List<TestRecord<byte[], byte[]>> takeEventRecords() {
        return events.readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> takeRejected() {
        return rejected.readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
