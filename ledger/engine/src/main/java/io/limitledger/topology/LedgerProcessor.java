package io.limitledger.topology;

import io.limitledger.core.Ledger;
import io.limitledger.core.command.AdoptLimit;
import io.limitledger.core.command.Heartbeat;
import io.limitledger.core.command.LimitCommand;
import io.limitledger.core.command.Tick;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.reply.Refused;
import io.limitledger.core.rule.Decision;
import io.limitledger.core.rule.LogEntry;
import io.limitledger.core.rule.RuleBook;
import io.limitledger.core.rule.Rules;
import io.limitledger.core.state.Asker;
import io.limitledger.core.state.IndexedLedgerState;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.SealedLimit;
import io.limitledger.timer.Throttle;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.truth.Comparison.LostCommands;
import io.limitledger.truth.Truth;
import io.limitledger.wire.CommandRecord;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.LeaseIds;
import io.limitledger.wire.LedgerKeys;
import io.limitledger.wire.PartitionNote;
import io.limitledger.wire.PartitionNote.Kind;
import io.limitledger.wire.PlainText;
import io.limitledger.wire.ReplyRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the commands of one partition: read, decide, write the events, answer. What a decision means is the core's
 * business; this class only carries.
 *
 * <p>Its timer never touches the state. It looks up which limits have something due and sends each a tick, which comes
 * back through the log and is decided like any other command. And it sends the heartbeats that show that it is there.
 */
public final class LedgerProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    /** Ticks sent in one sweep; more than a partition decides in the meantime would only queue up. */
    private static final int TICKS_PER_SWEEP = 1_000;

    /** Clocks of several brokers are apart by less. */
    private static final long WORTH_A_WARNING_MILLIS = 1_000;

    /** When a tick is taken for lost. */
    private static final long TICK_AGAIN_MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(LedgerProcessor.class);

    /** Before it nothing may be forwarded. */
    private static final Duration NOTE_DELAY = Duration.ofMillis(1);

    private final Dependencies dependencies;
    private final CommandRecord.Reader reader;
    private final Throttle keptLines = new Throttle();
    private final DueIndex due = new DueIndex(TICK_AGAIN_MILLIS);
    private final Pulse pulse = new Pulse();
    private final CommitPace commits = new CommitPace();
    private final Present present = new Present();

    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private StoreRecords records;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    @SuppressWarnings("NullAway.Init")
    private Alarm alarm;
    /** Offset of the first command that is not decided yet, as the state says, whatever the consumer group remembers. */
    private long firstUndecided;

    private boolean isHeld;

    private int clockSteps;

    /**
     * What the processor needs from outside.
     *
     * @param partitions number of partitions of the commands topic
     * @param rules by which it decides
     * @param replyTopics to which it replies
     * @param keys of ledgers, by which their own commands are known
     * @param truth asked before it decides anything
     * @param clockSteps how often the machine's clock has stepped back
     */
    public record Dependencies(
            int partitions,
            Outbox outbox,
            LedgerMetrics metrics,
            Rules rules,
            ReplyTopics replyTopics,
            LedgerKeys keys,
            Truth truth,
            IntSupplier clockSteps) {
        /** On a machine whose clock does not step back. */
        public Dependencies(
                int partitions,
                Outbox outbox,
                LedgerMetrics metrics,
                Rules rules,
                ReplyTopics replyTopics,
                LedgerKeys keys,
                Truth truth) {
            this(partitions, outbox, metrics, rules, replyTopics, keys, truth, () -> 0);
        }

        /**
         * With the newest rules, without looking for proofs, and on a state that is compared with nothing: for a ledger
         * without Kafka.
         */
        public Dependencies(int partitions, Outbox outbox, LedgerMetrics metrics, ReplyTopics replyTopics) {
            this(partitions, outbox, metrics, RuleBook.OURS.newest(), replyTopics, LedgerKeys.UNCHECKED, Truth.UNASKED);
        }
    }

    LedgerProcessor(Dependencies dependencies) {
        this.dependencies = dependencies;
        this.reader = new CommandRecord.Reader(
                dependencies.partitions(), dependencies.rules().version(), dependencies.keys());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.clockSteps = dependencies.clockSteps().getAsInt();
        this.records = new StoreRecords(context.getStateStore(LedgerTopics.STORE));
        IndexedLedgerState state = read(context.taskId().partition());
        this.ledger = new Ledger(state, dependencies.rules());
        Truth.Start start = dependencies.truth().begin(context.taskId().partition(), records);
        firstUndecided = start.next();
        isHeld = start.isHeld();
        if (isHeld) {
            return;
        }
        state.limitsWithSomethingDue().forEach(limit -> due.set(limit, ledger.dueAt(limit)));
        this.alarm = new Alarm(context, this::sweep);
        setAlarm(context.currentSystemTimeMs());
        if (start.lost() != null) {
            note(start.lost());
        }
    }

    /** As soon as records may be forwarded. */
    private void note(LostCommands lost) {
        int partition = context.taskId().partition();
        AtomicReference<Cancellable> once = new AtomicReference<>();
        once.set(context.schedule(NOTE_DELAY, PunctuationType.WALL_CLOCK_TIME, now -> {
            Objects.requireNonNull(once.get()).cancel();
            String what = "Commands " + lost.from() + " to " + (lost.to() - 1)
                    + " were removed from their topic before they were decided";
            PartitionNote note = new PartitionNote(Kind.CommandsLost, partition, now, lost.to(), what);
            context.forward(
                    new Record<byte[], byte[]>(null, note.json(), now, note.headers()), LedgerTopology.NOTES_SINK);
        }));
    }

    /** All of it, so that a record that no ledger wrote stops this partition before anything is decided. */
    private IndexedLedgerState read(int partition) {
        try {
            return new IndexedLedgerState(records);
        } catch (RuntimeException e) {
            throw new UnreadableStateException(partition, e);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        requireClock();
        RecordMetadata place = context.recordMetadata().orElseThrow();
        if (place.offset() < firstUndecided) {
            passOver(place);
            return;
        }
        try {
            decide(reader.read(record.key(), record.value(), record.headers(), place.partition()), record, place);
        } catch (UnreadableRecordException e) {
            reject(record, place, e.reason());
        }
        dependencies.metrics().reached(place.partition(), place.offset() + 1);
        setAlarm(context.currentSystemTimeMs());
    }

    /** Decided before, as the state says; or held, and then it waits. */
    private void passOver(RecordMetadata place) {
        if (!isHeld) {
            dependencies.metrics().reached(place.partition(), place.offset() + 1);
        }
    }

    @Override
    public void close() {
        if (context != null) {
            dependencies.metrics().left(context.taskId().partition());
            dependencies.truth().end(context.taskId().partition());
        }
    }

    private void setAlarm(long steadyMillis) {
        long beatAt = pulse.nextAt(steadyMillis, mustAskTheTime(), ledger.state());
        alarm.ringBy(Math.min(Math.min(tickAt(steadyMillis), beatAt), commits.nextAt()), steadyMillis);
        dependencies.truth().timerRunsIn(context.taskId().partition(), alarm.millisLeft(steadyMillis));
    }

    /** When something is due, by the clock that only goes forward. */
    private long tickAt(long steadyMillis) {
        long dueAt = due.nextAt();
        return dueAt == LedgerState.NEVER
                ? LedgerState.NEVER
                : steadyMillis + dueAt - present.millis(steadyMillis, ledger.state());
    }

    private boolean mustAskTheTime() {
        return !present.isKnown() && !due.isEmpty();
    }

    private void decide(CommandRecord asked, Record<byte[], byte[]> record, RecordMetadata place) {
        LimitCommand command = asked.command();
        Asker asker = asked.asker();
        String limit = ledger.limitMeantBy(command);
        records.begin(limit);
        String head = limit == null ? null : head(limit);
        long aheadMillis = ledger.state().leaseClock().aheadMillis();
        Decision decision = ledger.decide(new LogEntry(command, record.timestamp(), place.offset(), asker, asked.by()));
        noteTime(record, place, aheadMillis);
        if (limit != null && !decision.events().isEmpty()) {
            records.seal(limit, write(decision.events(), head, record.timestamp(), place.partition()));
            due.set(limit, ledger.dueAt(limit));
            commits.awaited(context.currentSystemTimeMs());
        }
        if (!dependencies.truth().flushes()) {
            records.flush();
        }
        answer(decision, asker, record, place);
        String refusal = asker == null ? null : dependencies.replyTopics().refusal(asker.topic());
        if (refusal != null) {
            keep(record, place, refusal);
        }
        decision.messages().forEach(message -> send(message, head));
        dependencies.metrics().decided(command, decision);
    }

    /** Nothing is decided, or sent, by a thread whose consumer stands still. */
    private void requireClock() {
        if (dependencies.clockSteps().getAsInt() != clockSteps) {
            throw new ClockSteppedException();
        }
    }

    private void noteTime(Record<byte[], byte[]> record, RecordMetadata place, long aheadBefore) {
        long aheadMillis = ledger.state().leaseClock().aheadMillis();
        present.decided(record.timestamp() + aheadMillis, context.currentSystemTimeMs());
        long steppedMillis = aheadMillis - aheadBefore;
        if (steppedMillis >= WORTH_A_WARNING_MILLIS) {
            LOG.warn(
                    "The broker's clock stepped back by {} ms (partition {}). Leases, waits and rates go on by the time that "
                            + "passes; check the clock of the broker's machine",
                    steppedMillis,
                    place.partition());
            dependencies.metrics().clockSteppedBack(place.partition(), steppedMillis);
        }
    }

    /** Hash of a limit's last event; null if the limit does not exist. */
    private @Nullable String head(String limit) {
        SealedLimit sealed = records.sealedLimit(limit);
        return sealed == null ? null : sealed.head();
    }

    /** Sends a command to another limit. A limit that moves takes along the seal that it had before the decision. */
    private void send(Decision.Message message, @Nullable String head) {
        LimitCommand command = message.command() instanceof AdoptLimit adopt ? adopt.sealed(head) : message.command();
        String limit = Objects.requireNonNull(command.limit());
        dependencies.outbox().send(command, LeaseIds.partition(limit, dependencies.partitions()), message.by());
    }

    /** Writes the events of a decision, each chained to the one before; returns the hash of the last. */
    private @Nullable String write(List<LimitEvent> events, @Nullable String head, long timestamp, int partition) {
        String hash = head;
        for (int index = 0; index < events.size(); index++) {
            LimitEvent event = events.get(index);
            EventRecord record = EventRecord.after(hash, event);
            hash = Objects.requireNonNull(record.hash());
            context.forward(
                    new Record<>(record.key(), record.value(), timestamp, record.headers(partition, index)),
                    LedgerTopology.EVENTS_SINK);
            dependencies.truth().wrote(partition, event.limit(), event.number(), hash);
        }
        return hash;
    }

    private void answer(Decision decision, @Nullable Asker asker, Record<byte[], byte[]> record, RecordMetadata place) {
        int events = decision.events().size();
        ReplyRecord reply =
                new ReplyRecord(decision.reply(), place.partition(), place.offset(), record.timestamp(), events);
        if (asker != null) {
            send(asker, reply);
        }
        decision.answers().forEach(answer -> send(answer.asker(), reply.with(answer.reply())));
    }

    /** A reply; unless it is for a topic to which none go, as waiters may have named it that were queued before that was asked. */
    private void send(Asker asker, ReplyRecord reply) {
        if (dependencies.replyTopics().refusal(asker.topic()) == null) {
            dependencies.outbox().send(asker, reply);
        } else {
            dependencies.metrics().sendFailed("reply");
        }
    }

    /** Bad bytes are bad for ever, so passing them over is as deterministic as deciding them. */
    private void reject(Record<byte[], byte[]> record, RecordMetadata place, String reason) {
        keep(record, place, reason);
        Asker asker = CommandRecord.asker(record.headers());
        if (asker != null) {
            Refused refused = new Refused(Refused.Reason.UNREADABLE_COMMAND, reason, List.of());
            send(asker, new ReplyRecord(refused, place.partition(), place.offset(), record.timestamp(), 0));
        }
    }

    private void keep(Record<byte[], byte[]> record, RecordMetadata place, String reason) {
        context.forward(RejectedRecord.of(record, place, reason), LedgerTopology.REJECTED_SINK);
        commits.awaited(context.currentSystemTimeMs());
        dependencies.metrics().rejected();
        long held = keptLines.pass();
        if (held != Throttle.HELD_BACK) {
            LOG.warn(
                    "A record of {}, partition {}, offset {}, was put on {} ({} more since the last such line): {}",
                    LedgerTopics.COMMANDS,
                    place.partition(),
                    place.offset(),
                    LedgerTopics.REJECTED,
                    held,
                    PlainText.of(reason));
        }
    }

    /**
     * What the timer does. It runs when something is due and not otherwise, since each run makes Streams commit.
     *
     * @param steadyMillis by {@link SteadyTime}
     */
    void sweep(long steadyMillis) {
        requireClock();
        int partition = context.taskId().partition();
        long now = present.millis(steadyMillis, ledger.state());
        dependencies.metrics().dueLag(partition, due.lateMillis(now));
        for (String limit : due.take(now, TICKS_PER_SWEEP)) {
            dependencies.outbox().send(new Tick(limit), partition, null);
        }
        if (pulse.beats(steadyMillis, mustAskTheTime(), ledger.state())) {
            dependencies.outbox().send(new Heartbeat(), partition, null);
        }
        if (commits.isDue(steadyMillis)) {
            context.commit();
        }
        setAlarm(steadyMillis);
    }
}
