package io.limitledger.truth;

import io.limitledger.core.state.SealedLimit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.truth.Comparison.Different;
import io.limitledger.truth.Comparison.LostCommands;
import io.limitledger.truth.Comparison.Same;
import io.limitledger.truth.Comparison.Verdict;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The truth of a ledger on Kafka: compares each partition when it is taken over, and keeps its mark with each commit. */
public final class KafkaTruth implements Truth {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaTruth.class);

    /** What the former owner left open ends when its transaction has timed out, which takes a few seconds. */
    private static final Duration UNTIL_SETTLED = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final String RESTORE =
            ". Nothing of this partition is decided. Stop all ledgers; then 'limits restore' builds the state from the"
                    + " events, or a start with --accept-loss goes on with what is there";

    private static final String BRING_BACK =
            ". Nothing of this partition is decided. Stop all ledgers and bring the topic "
                    + LedgerTopics.LEDGERS
                    + " back from a copy; or a start with --accept-loss goes on without that key, and an"
                    + " audit then reports the commands of that ledger as forged";

    private final String changelog;
    private final int partitions;
    private final TopicSight sight;
    private final LossListener losses;
    private final Marks marks;
    private final Holds holds = new Holds();

    /** Hears of commands that were removed before they were decided. */
    @FunctionalInterface
    public interface LossListener {
        void lost(int partition, long from, long to);
    }

    /**
     * Nothing is compared yet.
     *
     * @param changelog topic that holds the live state
     * @param partitions of the commands that are decided, however many there are
     * @param ledger id of the public key of this ledger
     */
    public KafkaTruth(String changelog, int partitions, TopicSight sight, LossListener losses, String ledger) {
        this.changelog = changelog;
        this.partitions = partitions;
        this.sight = sight;
        this.losses = losses;
        this.marks = new Marks(ledger);
    }

    /** What makes the clients of the stream threads. */
    public KafkaClientSupplier clients() {
        return new LedgerClients(changelog, partitions, marks, holds);
    }

    /** One sentence for each partition that is held. */
    public Collection<String> differences() {
        return holds.reasons().values();
    }

    @Override
    public Start begin(int partition, PartitionState restored) {
        holds.begin(partition);
        PartitionState state = new Known(restored, newest(restored.mark(), marks.committed(partition)));
        Verdict verdict = compare(partition, state);
        if (verdict instanceof Same same) {
            return go(partition, state, same);
        }
        Different different = (Different) verdict;
        String reason = different.what() + (different.isKeyMissing() ? BRING_BACK : RESTORE);
        LOG.error(reason);
        holds.hold(partition, reason);
        return Start.HELD;
    }

    private Start go(int partition, PartitionState state, Same same) {
        Mark mark = same.mark();
        LostCommands lost = same.lost();
        long next = mark.next();
        if (lost != null) {
            LOG.warn(
                    "Commands {} to {} of partition {} were removed before they were decided; retention is shorter than"
                            + " this ledger was away",
                    lost.from(),
                    lost.to() - 1,
                    partition);
            losses.lost(partition, lost.from(), lost.to());
            next = lost.to();
            mark = new Mark(mark.commandsId(), next, mark.last(), mark.eventsStart(), mark.records(), mark.ledger());
        }
        marks.begin(partition, mark, !mark.equals(state.mark()), state);
        holds.readFrom(partition, next);
        return new Start(next, lost, false);
    }

    /** Until what differs is no longer explained by a transaction that is still open. */
    private Verdict compare(int partition, PartitionState state) {
        Comparison comparison = new Comparison(changelog, partition);
        Mark mark = state.mark();
        long sinceNanos = System.nanoTime();
        while (true) {
            try {
                Sight seen = sight.look(partition, mark == null ? null : mark.ledger());
                Verdict verdict = comparison.compare(state, seen);
                boolean isFinal = verdict instanceof Same || seen.settled();
                if (isFinal || System.nanoTime() - sinceNanos > UNTIL_SETTLED.toNanos()) {
                    return verdict;
                }
            } catch (DamagedTopicException e) {
                return new Different(String.valueOf(e.getMessage()), false);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN.toMillis()));
        }
    }

    private static @Nullable Mark newest(@Nullable Mark restored, @Nullable Mark committed) {
        if (restored == null || committed == null) {
            return restored == null ? committed : restored;
        }
        boolean isCommittedLater =
                committed.commandsId().equals(restored.commandsId()) && committed.next() > restored.next();
        return isCommittedLater ? committed : restored;
    }

    @Override
    public void wrote(int partition, String limit, long number, String hash) {
        marks.wrote(partition, limit, number, hash);
    }

    @Override
    public void end(int partition) {
        holds.end(partition);
        marks.end(partition);
    }

    @Override
    public void timerRunsIn(int partition, long millis) {
        marks.timerRunsIn(partition, millis);
    }

    @Override
    public boolean flushes() {
        return true;
    }

    /** A restored state, with the mark of a commit that this instance has made since. */
    private record Known(PartitionState restored, @Nullable Mark mark) implements PartitionState {
        @Override
        public long count() {
            return restored.count();
        }

        @Override
        public boolean isMadeOfEvents() {
            return restored.isMadeOfEvents();
        }

        @Override
        public @Nullable SealedLimit sealedLimit(String name) {
            return restored.sealedLimit(name);
        }

        @Override
        public void flush() {
            restored.flush();
        }
    }
}
