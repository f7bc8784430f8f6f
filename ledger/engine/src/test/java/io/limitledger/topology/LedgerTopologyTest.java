package io.limitledger.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.DeleteLimit;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.command.ReleaseLease;
import io.limitledger.core.command.RenewLease;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LeaseDenied;
import io.limitledger.core.event.LeaseExpired;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.event.LeaseReleased;
import io.limitledger.core.event.LeasesProlonged;
import io.limitledger.core.event.LimitCreated;
import io.limitledger.core.event.LimitDeleted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.WaiterQueued;
import io.limitledger.core.reply.Denied;
import io.limitledger.core.reply.Granted;
import io.limitledger.core.reply.Queued;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.reply.Released;
import io.limitledger.core.reply.Renewed;
import io.limitledger.core.reply.Stored;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Removals;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.topology.RecordingOutbox.Sent;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.HeaderText;
import io.limitledger.wire.ReplyRecord;
import io.limitledger.wire.StateJson;
import io.limitledger.wire.StateKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into the topology, what comes out, and where. */
class LedgerTopologyTest {
    private static final Asker ALICE = new Asker("limits.replies", 2, "alice", "1");
    private static final Asker BOB = new Asker("bobs.replies", 0, "", "");

    private DrivenTopology topology;

    @BeforeEach
    void start(@TempDir Path stateDirectory) {
        topology = new DrivenTopology(stateDirectory, false);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void shouldBeCutAsItWas() {
        // when
        String described = LedgerTopology.build(
                        new LedgerProcessor.Dependencies(
                                1, new RecordingOutbox(), LedgerMetrics.NONE, ReplyTopics.OURS),
                        false)
                .describe()
                .toString();

        // then: other names or another cut would leave the state of a running ledger behind
        assertThat(described).isEqualTo("""
                        Topologies:
                           Sub-topology: 0
                            Source: commands (topics: [limits.commands])
                              --> ledger
                            Processor: ledger (stores: [state])
                              --> events, notes, rejected
                              <-- commands
                            Sink: events (topic: limits.events)
                              <-- ledger
                            Sink: notes (topic: limits.events)
                              <-- ledger
                            Sink: rejected (topic: limits.rejected)
                              <-- ledger

                        """);
        assertThat(LedgerTopics.CHANGELOG).isEqualTo("limit-ledger-state-changelog");
    }

    @Test
    void shouldKeyEventsByLimitAndNumberThem() throws Exception {
        // given
        topology.send(put("a", 1));
        topology.send(put("b", 1));
        topology.pass(5);

        // when
        topology.send(acquire("a", id(1)));
        topology.send(acquire("a", id(2)));

        // then
        List<TestRecord<byte[], byte[]>> records = topology.takeEventRecords();
        assertThat(records).extracting(event -> new String(event.key(), UTF_8)).containsExactly("a", "b", "a", "a");
        assertThat(records)
                .extracting(TestRecord::timestamp)
                .containsExactly(DrivenTopology.START, DrivenTopology.START, topology.now(), topology.now());
        List<LimitEvent> events = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : records) {
            events.add(io.limitledger.wire.EventJson.read(record.value()));
        }
        assertThat(events).extracting(LimitEvent::number).containsExactly(1L, 1L, 2L, 3L);
        assertThat(events).extracting(LimitEvent::offset).containsExactly(0L, 1L, 2L, 3L);
        assertThat(events)
                .extracting(event -> (Object) event.fact().getClass())
                .containsExactly(LimitCreated.class, LimitCreated.class, LeaseGranted.class, LeaseDenied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit-ledger-state-changelog",
                "limits.commands",
                "limits.events",
                "limits.rejected",
                "limits.anything",
                "__consumer_offsets",
                "someone.elses",
                "no topic's name"
            })
    void shouldDecideButNotReplyWhereTheAskerMayHaveNoRights(String topic) throws Exception {
        // when
        topology.send(put("a", 1), new Asker(topic, 0, "limit/victim", "1"));

        // then
        assertThat(topology.takeEvents())
                .singleElement()
                .satisfies(event -> assertThat(event.fact()).isInstanceOf(LimitCreated.class));
        assertThat(topology.outbox().takeReplies()).isEmpty();
        assertThat(topology.takeRejected())
                .singleElement()
                .satisfies(record -> assertThat(HeaderText.of(record.headers(), RejectedRecord.REASON))
                        .startsWith("The command was decided, but no reply is sent to reply-topic '" + topic + "': "));
    }

    @Test
    void shouldNotReplyForAnUnreadableCommandWhereTheAskerMayHaveNoRights() {
        // given
        Headers headers = CommandRecord.headers(new Asker("limit-ledger-state-changelog", 0, "limit/victim", "1"));

        // when
        topology.send("a".getBytes(UTF_8), "no command".getBytes(UTF_8), headers);

        // then
        assertThat(topology.outbox().takeReplies()).isEmpty();
        assertThat(topology.takeRejected()).hasSize(1);
    }

    /** The version before let them name any topic, and kept it. */
    @Test
    void shouldNotTellWaitersOfAnEarlierVersionWhoNamedATopicOfTheLedger() {
        // given
        Asker deputy = new Asker("limit-ledger-state-changelog", 0, "limit/victim", "1");
        topology.send(put("a", 1));
        topology.send(acquire("a", id(1)), ALICE);
        topology.send(new AcquireLease("a", id(2), 1, 60_000, 60_000, null, List.of()), deputy);
        topology.outbox().takeReplies();

        // when
        topology.send(new ReleaseLease("a", id(1)), ALICE);

        // then
        assertThat(topology.outbox().takeReplies()).extracting(Sent::asker).containsExactly(ALICE);
    }

    @Test
    void shouldReplyToWhoeverAskedWithTheCause() {
        // given
        topology.send(put("a", 1));

        // when
        topology.send(acquire("a", id(1)), ALICE);
        topology.send(acquire("a", id(1)), BOB);
        topology.send(acquire("a", id(2)), ALICE);
        topology.send(acquire("a", id(3)));

        // then
        List<Sent> replies = topology.outbox().takeReplies();
        assertThat(replies).extracting(Sent::asker).containsExactly(ALICE, BOB, ALICE);
        assertThat(replies)
                .extracting(sent -> List.of(
                        sent.record().offset(),
                        sent.record().at(),
                        sent.record().events()))
                .containsExactly(
                        List.of(1L, DrivenTopology.START, 1),
                        List.of(2L, DrivenTopology.START, 0),
                        List.of(3L, DrivenTopology.START, 1));
        assertThat(replies)
                .extracting(sent -> (Object) sent.reply().getClass())
                .containsExactly(Granted.class, Granted.class, Denied.class);
    }

    /** The waiter named neither a key nor a correlation id, and its address lay in the store meanwhile. */
    @Test
    void shouldTellAWaiterWhenItsTurnComes() {
        // given
        topology.send(put("a", 1));
        topology.send(acquire("a", id(1)), ALICE);
        topology.send(waiting("a", id(2), 10_000), BOB);
        topology.outbox().takeReplies();

        // when
        topology.send(new ReleaseLease("a", id(1)), ALICE);

        // then
        List<Sent> replies = topology.outbox().takeReplies();
        assertThat(replies).extracting(Sent::asker).containsExactly(ALICE, BOB);
        assertThat(replies)
                .extracting(
                        sent -> List.of(sent.record().offset(), sent.record().events()))
                .containsOnly(List.of(3L, 2));
        assertThat(replies.get(0).reply()).isEqualTo(new Released(id(1)));
        assertThat(replies.get(1).reply()).isInstanceOf(Granted.class);
    }

    @Test
    void shouldQueueAgainWithoutAnEventWhenTheSameAskerAsksAgain() throws Exception {
        // given
        topology.send(put("a", 0));
        topology.send(waiting("a", id(1), 10_000), BOB);
        topology.takeEvents();

        // when
        topology.send(waiting("a", id(1), 10_000), BOB);

        // then
        assertThat(topology.takeEvents()).isEmpty();
        assertThat(topology.outbox().takeReplies()).allMatch(sent -> sent.reply() instanceof Queued);
    }

    @Test
    void shouldFindTheLimitByTheLeaseIdAlone() {
        // given
        topology.send(put("a", 1));
        topology.send(acquire("a", id(1)), ALICE);

        // when
        topology.send(new RenewLease(null, id(1), 5_000, null), ALICE);
        topology.send(new ReleaseLease(null, id(1)), ALICE);

        // then
        assertThat(topology.outbox().takeReplies())
                .extracting(sent -> (Object) sent.reply().getClass())
                .containsExactly(Granted.class, Renewed.class, Released.class);
    }

    @Test
    void shouldSayThatTheLimitIsNotThereWithoutAnEvent() throws Exception {
        // when
        topology.send(acquire("a", id(1)), ALICE);

        // then
        assertThat(topology.takeEvents()).isEmpty();
        Sent sent = topology.outbox().takeReplies().get(0);
        assertThat(((Refused) sent.reply()).reason()).isEqualTo(Refused.Reason.LIMIT_NOT_FOUND);
        assertThat(sent.record()).isEqualTo(new ReplyRecord(sent.reply(), 0, 0, DrivenTopology.START, 0));
    }

    @Test
    void shouldKeepARejectedRecordAsItCame() throws Exception {
        // given
        Headers headers = askedBy(ALICE).add("trace", new byte[] {1, 2});
        byte[] key = {0, -1};
        byte[] value = "no command".getBytes(UTF_8);

        // when
        topology.send(put("a", 1));
        topology.send(key, value, headers);

        // then
        TestRecord<byte[], byte[]> rejected = topology.takeRejected().get(0);
        assertThat(rejected.key()).isEqualTo(key);
        assertThat(rejected.value()).isEqualTo(value);
        assertThat(rejected.headers().lastHeader("trace").value()).containsExactly(1, 2);
        assertThat(text(rejected, CommandRecord.CORRELATION_ID)).isEqualTo("1");
        assertThat(text(rejected, RejectedRecord.REASON)).startsWith("Expected a command as a JSON object");
        assertThat(text(rejected, ReplyRecord.COMMAND_PARTITION)).isEqualTo("0");
        assertThat(text(rejected, ReplyRecord.COMMAND_OFFSET)).isEqualTo("1");
        assertThat(topology.takeEvents()).hasSize(1);
    }

    @Test
    void shouldRefuseARejectedRecordWithTheSameReason() {
        // when
        topology.send(null, null, askedBy(ALICE));

        // then
        String reason = text(topology.takeRejected().get(0), RejectedRecord.REASON);
        assertThat(topology.outbox().takeReplies())
                .containsExactly(new Sent(
                        ALICE,
                        new ReplyRecord(
                                new Refused(Refused.Reason.UNREADABLE_COMMAND, reason, List.of()),
                                0,
                                0,
                                DrivenTopology.START,
                                0)));
    }

    @ParameterizedTest
    @CsvSource({", none", "b, 'b'", "A, 'A'", "'', ''"})
    void shouldRejectACommandUnderAnotherKey(String key, String found) {
        // given
        byte[] bytes = key == null ? null : key.getBytes(UTF_8);

        // when
        topology.send(bytes, CommandJson.write(new Tick("a")), askedBy(ALICE));

        // then
        assertThat(text(topology.takeRejected().get(0), RejectedRecord.REASON))
                .isEqualTo("Expected the name of the limit, 'a', as the key of the record, but got "
                        + (key == null ? found : "'" + key + "'"));
    }

    @Test
    void shouldDecideOnAfterRejectedRecords() throws Exception {
        // when
        IntStream.range(0, 100).forEach(i -> topology.send(null, new byte[i], askedBy(ALICE)));
        topology.send(put("a", 1), ALICE);

        // then
        assertThat(topology.takeRejected()).hasSize(100);
        assertThat(topology.takeEvents()).hasSize(1);
        assertThat(topology.outbox().takeReplies().get(100).reply()).isInstanceOf(Stored.class);
    }

    @Test
    void shouldLeaveNothingOfADeletedLimitButItsRemovalAndTheTime() throws Exception {
        // given
        topology.send(put("a", 1));
        topology.send(acquire("a", id(1)));
        topology.send(waiting("a", id(2), 10_000), ALICE);
        topology.send(new ReleaseLease("a", id(3)));
        topology.takeEvents();

        // when
        topology.send(new DeleteLimit("a"));

        // then
        assertThat(topology.takeEvents()).extracting(LimitEvent::fact).containsExactly(new LimitDeleted());
        assertThat(keysInStore()).containsExactly(StateKey.LEASE_CLOCK.text(), StateKey.REMOVALS.text());
        Removals removals = StateJson.read(topology.store().get(StateKey.REMOVALS.text()), Removals.class);
        assertThat(removals.offset()).isEqualTo(4);
        assertThat(removals.retired()).hasSize(1);
    }

    @Test
    void shouldSendNoTickWhileNothingIsDue() {
        // given
        topology.send(put("a", 1));
        topology.send(acquire("a", id(1)));

        // when
        topology.pass(999);

        // then
        assertThat(topology.outbox().takeTicks()).isEmpty();
    }

    @Test
    void shouldProlongLeasesAfterItWasAway() throws Exception {
        // given: a lease, and a heartbeat that was heard
        topology.send(put("a", 1));
        topology.send(new AcquireLease("a", id(1), 1, 10_000, 0, null, List.of()));
        topology.pass(100);
        topology.deliverMessages();
        topology.takeEvents();

        // when: nothing for a minute, then a tick, which comes first, and a heartbeat
        topology.pass(60_000);
        topology.deliverTicks();
        topology.deliverMessages();

        // then
        assertThat(topology.takeEvents()).extracting(LimitEvent::fact).containsExactly(new LeasesProlonged(57_000));
        topology.pass(200);
        topology.deliverTicks();
        assertThat(topology.takeEvents()).isEmpty();
    }

    @Test
    void shouldEndALeaseInTimeWhereTheClockStepsBackAndReportTheStep() throws Exception {
        // given
        topology.send(put("a", 1));
        topology.send(acquire("a", id(1)));
        topology.takeEvents();

        // when
        topology.stepBack(3_600_000);
        for (int i = 0; i < 20; i++) {
            topology.pass(100);
            topology.deliverTicks();
            topology.deliverMessages();
        }

        // then
        assertThat(topology.takeEvents())
                .extracting(event -> (Object) event.fact().getClass())
                .containsExactly(LeaseExpired.class);
        assertThat(topology.clockSteps())
                .singleElement()
                .satisfies(millis -> assertThat(millis).isBetween(3_590_000L, 3_600_000L));
    }

    @Test
    void shouldExpireThroughATickWithoutTouchingTheStateBefore() throws Exception {
        // given
        topology.send(put("a", 1));
        topology.send(acquire("a", id(1)));
        topology.send(waiting("a", id(2), 10_000), ALICE);
        topology.takeEvents();
        topology.outbox().takeReplies();
        List<KeyValue<String, String>> before = store();

        // when
        topology.pass(1_000);

        // then: the timer only proposes
        assertThat(topology.takeEvents()).isEmpty();
        assertThat(store()).isEqualTo(before);

        // and then: the log decides
        topology.deliverTicks();
        assertThat(topology.takeEvents())
                .extracting(event -> (Object) event.fact().getClass())
                .containsExactly(LeaseExpired.class, LeaseGranted.class);
        assertThat(topology.outbox().takeReplies()).extracting(Sent::asker).containsExactly(ALICE);
    }

    @Test
    void shouldDecideTheSameOnTheHeapAndOnDisk(@TempDir Path other) throws Exception {
        try (DrivenTopology onDisk = new DrivenTopology(other, true)) {
            for (DrivenTopology each : List.of(topology, onDisk)) {
                // given
                each.send(put("a", 2));
                each.send(new PutLimit("b", new Definition(2, 0.5, true), null, true));
                each.send(waiting("a", id(9), 60_000), BOB);

                // when
                for (int i = 0; i < 50; i++) {
                    each.send(waiting(i % 2 == 0 ? "a" : "b", id(i), i * 100L), ALICE);
                    each.send(new ReleaseLease(null, id(i / 2)), ALICE);
                    each.pass(i * 10L);
                    each.deliverTicks();
                }
            }

            // then
            List<LimitEvent> events = topology.takeEvents();
            assertThat(events).hasSizeGreaterThan(100).anyMatch(event -> event.fact() instanceof WaiterQueued);
            assertThat(events).anyMatch(event -> event.fact() instanceof LeaseReleased);
            assertThat(onDisk.takeEvents()).isEqualTo(events);
            assertThat(onDisk.outbox().takeReplies())
                    .isEqualTo(topology.outbox().takeReplies());
        }
    }

    private static PutLimit put(String limit, long slots) {
        return new PutLimit(limit, new Definition(slots, 0, true), null, true);
    }

    private static AcquireLease acquire(String limit, UUID leaseId) {
        return new AcquireLease(limit, leaseId, 1, 1_000, 0, null, List.of());
    }

    private static AcquireLease waiting(String limit, UUID leaseId, long waitMillis) {
        return new AcquireLease(limit, leaseId, 1, 1_000, waitMillis, null, List.of());
    }

    private static UUID id(int number) {
        return new UUID(1, number);
    }

    private static Headers askedBy(Asker asker) {
        return CommandRecord.headers(asker);
    }

    private static String text(TestRecord<byte[], byte[]> record, String header) {
        return HeaderText.of(record.headers(), header);
    }

    private List<String> keysInStore() {
        return store().stream().map(record -> record.key).toList();
    }

    private List<KeyValue<String, String>> store() {
        List<KeyValue<String, String>> records = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = topology.store().all()) {
            all.forEachRemaining(record -> records.add(KeyValue.pair(record.key, new String(record.value, UTF_8))));
        }
        return records;
    }
}
