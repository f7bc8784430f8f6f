package io.limitledger.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AcquireLease;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.PutLimit;
import io.limitledger.core.event.LeaseGranted;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.HeapRecords;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.topology.RecordingOutbox.Sent;
import io.limitledger.wire.CommandJson;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.HeaderText;
import io.limitledger.wire.ReplyJson;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;

/** A log on its way through a processor, each record checked: decided or rejected, answered, and nothing else. */
final class FuzzedRun {
    private static final int RECORDS_PER_RESTART = 50;
    private static final int SHORTEST_REASON = 20;

    private final long seed;
    private final HeapRecords folded = new HeapRecords();
    private final Ledger fold = new Ledger(new IndexedLedgerState(folded));
    private final List<String> outputs = new ArrayList<>();
    private DrivenProcessor processor = new DrivenProcessor(1, 0);
    private long now;
    private long offset;
    private long rejected;

    private FuzzedRun(long seed) {
        this.seed = seed;
    }

    static FuzzedRun straight(long seed, List<Record<byte[], byte[]>> log) {
        return new FuzzedRun(seed).run(log, Integer.MAX_VALUE);
    }

    /** The same with restarts now and then, which nobody must notice. */
    static FuzzedRun withRestarts(long seed, List<Record<byte[], byte[]>> log) {
        return new FuzzedRun(seed).run(log, RECORDS_PER_RESTART);
    }

    private FuzzedRun run(List<Record<byte[], byte[]>> log, int recordsPerRestart) {
        Random restart = new Random(seed);
        for (Record<byte[], byte[]> record : log) {
            process(record);
            if (restart.nextInt(recordsPerRestart) == 0) {
                processor = processor.restarted();
            }
        }
        HeapRecords live = processor.records();
        // Alone of all the state it is not made of events.
        folded.put(live.leaseClock());
        assertThat(live).as("seed %d: state, and fold of the events", seed).isEqualTo(folded);
        return this;
    }

    /** And what limits then send to one another. */
    private void process(Record<byte[], byte[]> first) {
        Deque<Record<byte[], byte[]>> records = new ArrayDeque<>(List.of(first));
        while (!records.isEmpty()) {
            Record<byte[], byte[]> record = records.remove();
            try {
                checkedProcess(record);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", record " + offset + ": " + FuzzedLog.story(record), e);
            }
            offset++;
            now = record.timestamp();
            processor.outbox().takeMessages().forEach(message -> records.add(recordOf(message)));
        }
    }

    private void checkedProcess(Record<byte[], byte[]> record) throws UnreadableRecordException {
        var forwards = processor.process(record, offset);
        for (var forward : forwards) {
            if (forward.childName().equals(Optional.of(LedgerTopology.REJECTED_SINK))) {
                rejected++;
                assertThat(HeaderText.of(forward.record().headers(), RejectedRecord.REASON))
                        .hasSizeGreaterThan(SHORTEST_REASON);
            } else {
                fold.apply(EventJson.read(forward.record().value()));
            }
        }
        forwards.forEach(this::note);
        checkReplies(CommandRecord.asker(record.headers()));
    }

    private void checkReplies(Asker asker) throws UnreadableRecordException {
        List<Sent> replies = processor.outbox().takeReplies();
        for (Sent sent : replies) {
            assertThat(ReplyJson.read(ReplyJson.write(sent.reply()))).isEqualTo(sent.reply());
            assertThat(sent.record().offset()).isEqualTo(offset);
            assertThat(sent.asker().topic())
                    .doesNotStartWith("limit-ledger-")
                    .isNotIn("limits.events", "__consumer_offsets");
            outputs.add(sent.toString());
        }
        if (asker != null && DrivenProcessor.REPLY_TOPICS.refusal(asker.topic()) == null) {
            assertThat(replies)
                    .as("the asker's reply")
                    .anyMatch(sent -> sent.asker().equals(asker));
        }
    }

    private void note(CapturedForward<? extends byte[], ? extends byte[]> forward) {
        outputs.add(forward.childName() + " "
                + FuzzedLog.story(new Record<>(
                        forward.record().key(),
                        forward.record().value(),
                        forward.record().timestamp(),
                        forward.record().headers())));
    }

    private Record<byte[], byte[]> recordOf(LimitCommand message) {
        return new Record<>(String.valueOf(message.limit()).getBytes(UTF_8), CommandJson.write(message), now);
    }

    /** A limit that nobody has touched works as on the first day. */
    void assertGoesOn() {
        try {
            decide(new PutLimit("untouched", new Definition(1, 0, true), null, true));
            assertThat(decide(new AcquireLease("untouched", new UUID(9, seed), 1, 1_000, 0, null, List.of())))
                    .as("seed %d: the grant afterwards", seed)
                    .isTrue();
        } catch (UnreadableRecordException e) {
            throw new AssertionError(e);
        }
    }

    private boolean decide(LimitCommand command) throws UnreadableRecordException {
        return processor.decide(new LogEntry(command, now, offset++, null)).stream()
                .anyMatch(event -> event.fact() instanceof LeaseGranted);
    }

    /** All that went out, in its order. */
    List<String> outputs() {
        return outputs;
    }

    long decided() {
        return offset - rejected;
    }

    long rejected() {
        return rejected;
    }
}
