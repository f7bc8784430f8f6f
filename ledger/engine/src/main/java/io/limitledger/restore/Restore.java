package io.limitledger.restore;

import io.limitledger.audit.Head;
import io.limitledger.audit.KafkaAuditedLog;
import io.limitledger.audit.Rebuild;
import io.limitledger.audit.Rebuild.Rebuilt;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.truth.Comparison;
import io.limitledger.truth.Comparison.Different;
import io.limitledger.truth.KafkaSight;
import io.limitledger.truth.LastEvent;
import io.limitledger.truth.Mark;
import io.limitledger.truth.Sight;
import io.limitledger.wire.PartitionNote;
import io.limitledger.wire.PublishedKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The two ways on for a partition whose state differs from its topics. Restoring builds the state from the events; what was
 * decided behind the last event is decided again by the next ledger, in the same way, as long as its commands are there.
 * Accepting the loss keeps the state. Both leave a note among the events. No ledger may run meanwhile.
 *
 * <p>An offset of a command is never given to another: where the commands end before the last one that was decided, they
 * are filled up to there, with records that are never decided, and begin behind them.
 */
public final class Restore implements AutoCloseable {
    private final Map<String, Object> clientProperties;
    private final int partitions;
    private final Consumer<String> progress;
    private final Groundwork ground;
    private final PublishedKeys keys;
    private final KafkaSight sight;

    /**
     * Nothing is written yet.
     *
     * @param partitions of the commands
     * @param progress called with one line for each partition
     */
    public Restore(Map<String, Object> clientProperties, int partitions, Consumer<String> progress) {
        this.clientProperties = Map.copyOf(clientProperties);
        this.partitions = partitions;
        this.progress = progress;
        this.ground = new Groundwork(clientProperties);
        this.keys = new PublishedKeys(clientProperties);
        this.sight = new KafkaSight(ground.admin(), LedgerTopics.GROUP, clientProperties, keys);
    }

    /**
     * Builds the state of every partition from its events.
     *
     * @param acceptLoss also where the events or the commands that would make it whole are gone
     * @throws RestoreException if a ledger runs, or the events are damaged, or something would be lost that was not accepted
     */
    public void rebuild(boolean acceptLoss) {
        try {
            rebuildAll(acceptLoss);
        } catch (KafkaException e) {
            throw new RestoreException(
                    "Expected to build the state from the events, but Kafka says: " + e.getMessage(), e);
        }
    }

    private void rebuildAll(boolean acceptLoss) {
        begin();
        Map<Integer, StoredState> before = storedStates();
        Map<Integer, Plan> plans = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            plans.put(partition, plan(partition, before.get(partition), acceptLoss));
        }
        try (StateWriter writer = new StateWriter(clientProperties)) {
            plans.forEach((partition, plan) -> write(partition, plan, writer));
        }
    }

    /** What is to be written. */
    private record Plan(StoredState before, Rebuilt rebuilt, Sight sight, Place place) {}

    /**
     * Where the commands go on.
     *
     * @param next first that is decided
     * @param isFilled whether the topic must be filled up to there
     */
    private record Place(long next, boolean isFilled) {}

    private void begin() {
        ground.requireNoLedger();
        ground.makeChangelog(partitions);
        for (int partition = 0; partition < partitions; partition++) {
            ground.endTransactions(partition);
        }
    }

    /** What is stored; where any of it cannot be read, nothing, and a changelog made anew. */
    private Map<Integer, StoredState> storedStates() {
        Map<Integer, StoredState> states = new HashMap<>();
        try (KafkaAuditedLog log = new KafkaAuditedLog(clientProperties, partitions)) {
            for (int partition = 0; partition < partitions; partition++) {
                states.put(partition, StoredState.read(log.state(partition)));
            }
        } catch (KafkaException e) {
            progress.accept(
                    "topic " + LedgerTopics.CHANGELOG + " cannot be read (" + e.getMessage() + "), so it is made anew");
            ground.makeChangelogAnew(partitions);
            for (int partition = 0; partition < partitions; partition++) {
                states.put(partition, new StoredState(Map.of()));
            }
        }
        return states;
    }

    private Plan plan(int partition, @Nullable StoredState before, boolean acceptLoss) {
        StoredState stored = Objects.requireNonNull(before);
        Sight seen = sight.look(partition, null);
        Rebuilt rebuilt = rebuilt(partition, acceptLoss);
        Place place = place(stored, seen, rebuilt.lastCommand() + 1);
        String loss = loss(stored, seen, rebuilt, place);
        if (loss != null && !acceptLoss) {
            throw new RestoreException("topic " + LedgerTopics.EVENTS + ", partition " + partition + ": " + loss
                    + ". Nothing was written. 'limits restore --accept-loss' goes on with what is left; 'limits serve"
                    + " --accept-loss' or 'limits ledger --accept-loss' keeps the live state as it is instead");
        }
        return new Plan(stored, rebuilt, seen, place);
    }

    private Rebuilt rebuilt(int partition, boolean acceptLoss) {
        try (KafkaAuditedLog log = new KafkaAuditedLog(clientProperties, partitions)) {
            Rebuild rebuild = new Rebuild(partition, log);
            Rebuilt rebuilt = rebuild.run();
            if (!rebuild.findings().all().isEmpty() && !acceptLoss) {
                throw new RestoreException("The events are damaged, so no whole state can be built from them: "
                        + rebuild.findings().all().get(0)
                        + ". Nothing was written. 'limits restore --accept-loss' builds what can be built");
            }
            return rebuilt;
        } catch (KafkaException e) {
            throw new RestoreException(
                    "Expected to read topic " + LedgerTopics.EVENTS + " and " + LedgerTopics.COMMANDS + ", partition "
                            + partition + ", but " + e.getMessage() + ". Bring back a copy of it first",
                    e);
        }
    }

    private static Place place(StoredState stored, Sight seen, long behindEvents) {
        Mark mark = stored.isMarked() ? stored.mark() : null;
        boolean isAnother = mark != null && !mark.commandsId().equals(seen.commandsId());
        long decided = Math.max(behindEvents, mark == null ? 0 : mark.next());
        if (isAnother || decided > seen.commandsEnd()) {
            return new Place(Math.max(decided, seen.commandsEnd()), decided > 0);
        }
        return new Place(behindEvents, false);
    }

    /** Decisions whose events are gone and whose commands are, too; null if there are none. */
    private static @Nullable String loss(StoredState stored, Sight seen, Rebuilt rebuilt, Place place) {
        Mark mark = stored.isMarked() ? stored.mark() : null;
        LastEvent known = mark == null ? null : mark.last();
        Head last = rebuilt.last();
        boolean isBehind = known != null && (last == null || last.offset() < known.offset());
        boolean canBeDecidedAgain = !place.isFilled() && seen.commandsStart() <= place.next();
        if (!isBehind || canBeDecidedAgain) {
            return null;
        }
        return "expected events up to offset " + Objects.requireNonNull(known).offset() + ", but found "
                + (last == null ? "no event" : "the last at offset " + last.offset())
                + ", and the commands that led to the missing ones are no longer kept";
    }

    private void write(int partition, Plan plan, StateWriter writer) {
        long count = writer.write(partition, plan.before(), plan.rebuilt());
        fill(partition, plan.place(), plan.sight(), writer);
        Head last = plan.rebuilt().last();
        Mark mark = new Mark(
                plan.sight().commandsId(),
                plan.place().next(),
                last == null ? null : new LastEvent(last.limit(), last.number(), last.hash(), last.offset()),
                plan.sight().eventsStart(),
                count);
        String what = "The live state was built from " + plan.rebuilt().events() + " events; commands are decided from"
                + " offset " + mark.next() + " on";
        writer.finish(mark, plan.rebuilt().owed(), note(PartitionNote.Kind.StateRestored, partition, mark, what));
        progress.accept("partition " + partition + ": " + plan.rebuilt().events() + " events, " + count
                + " records of live state, commands are decided from offset " + mark.next() + " on");
    }

    private void fill(int partition, Place place, Sight seen, StateWriter writer) {
        if (place.isFilled()) {
            long end = writer.raise(partition, seen.commandsEnd(), place.next());
            ground.removeCommandsBefore(partition, end);
        }
    }

    /**
     * Keeps the state of every partition that differs from its topics, and goes on from there.
     *
     * @return what differed, one sentence each
     * @throws RestoreException if a ledger runs, or the state cannot be read
     */
    public List<String> acceptLoss() {
        begin();
        try (KafkaAuditedLog log = new KafkaAuditedLog(clientProperties, partitions);
                StateWriter writer = new StateWriter(clientProperties)) {
            List<String> accepted = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                String what = acceptLoss(partition, StoredState.read(log.state(partition)), writer);
                if (what != null) {
                    accepted.add(what);
                }
            }
            return accepted;
        } catch (KafkaException e) {
            throw new RestoreException(
                    "Expected to read the live state in topic " + LedgerTopics.CHANGELOG + ", but " + e.getMessage()
                            + ". 'limits restore' builds it from the events",
                    e);
        }
    }

    private @Nullable String acceptLoss(int partition, StoredState stored, StateWriter writer) {
        Mark before = stored.isMarked() ? stored.mark() : null;
        Sight seen = sight.look(partition, before == null ? null : before.ledger());
        Comparison comparison = new Comparison(LedgerTopics.CHANGELOG, partition);
        if (!(comparison.compare(stored, seen) instanceof Different different)) {
            return null;
        }
        Sight.Seen last = seen.last();
        Place place = place(stored, seen, last == null ? 0 : last.command() + 1);
        long next = Math.max(place.next(), before == null || place.isFilled() ? 0 : before.next());
        fill(partition, place, seen, writer);
        Mark mark = new Mark(
                seen.commandsId(), next, last == null ? null : last.event(), seen.eventsStart(), stored.count());
        writer.finish(mark, List.of(), note(PartitionNote.Kind.LossAccepted, partition, mark, different.what()));
        progress.accept("accepted: " + different.what());
        return different.what();
    }

    private static PartitionNote note(PartitionNote.Kind kind, int partition, Mark mark, String what) {
        return new PartitionNote(kind, partition, System.currentTimeMillis(), mark.next(), what);
    }

    @Override
    public void close() {
        sight.close();
        keys.close();
        ground.close();
    }
}
