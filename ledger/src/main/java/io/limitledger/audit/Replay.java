package io.limitledger.audit;

import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.LedgerState;
import io.limitledger.core.state.Limit;
import io.limitledger.core.state.Waiter;
import io.limitledger.wire.EventJson;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The state as it was at a time: which limits there were, who held and who waited. Made of the events alone, up to the last
 * one of that time; what had fallen due by then and was noticed later still stands as it was.
 */
public final class Replay {
    private final long at;
    private final Predicate<String> wanted;
    private final LongConsumer progress;
    private final List<LimitThen> limits = new ArrayList<>();
    private long events;

    /** A limit with those who held and those who waited, in their order. */
    public record LimitThen(Limit limit, List<Lease> leases, List<Waiter> waiters) {}

    /**
     * What to replay.
     *
     * @param at epoch milliseconds; {@link LedgerState#NEVER} for all events
     * @param wanted which limits to tell, by name
     * @param progress told the number of events now and then
     */
    public Replay(long at, Predicate<String> wanted, LongConsumer progress) {
        this.at = at;
        this.wanted = wanted;
        this.progress = progress;
    }

    public Replay run(AuditedLog log) {
        for (int partition = 0; partition < log.partitions(); partition++) {
            fold(partition, log.events(partition));
        }
        limits.sort(Comparator.comparing(then -> then.limit().name()));
        return this;
    }

    private void fold(int partition, Iterator<ConsumerRecord<byte[], byte[]>> records) {
        Fold fold = new Fold(partition, new Findings());
        while (records.hasNext()) {
            ConsumerRecord<byte[], byte[]> record = records.next();
            LimitEvent event = read(record);
            if (event.at() <= at && wanted.test(event.limit())) {
                fold.apply(event, record);
            }
            if (++events % 10_000 == 0) {
                progress.accept(events);
            }
        }
        fold.records().limits().values().forEach(limit -> limits.add(then(limit, fold.state())));
    }

    private static LimitEvent read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return EventJson.read(record.value());
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(
                    "Expected an event at offset " + record.offset() + " of partition " + record.partition() + ", but "
                            + e.reason(),
                    e);
        }
    }

    private static LimitThen then(Limit limit, LedgerState state) {
        List<Lease> leases = new ArrayList<>();
        state.leases(limit.name()).forEach(leases::add);
        List<Waiter> waiters = new ArrayList<>();
        state.waiters(limit.name()).forEach(waiters::add);
        return new LimitThen(limit, leases, waiters);
    }

    /** By name. */
    public List<LimitThen> limits() {
        return List.copyOf(limits);
    }

    public long events() {
        return events;
    }
}
