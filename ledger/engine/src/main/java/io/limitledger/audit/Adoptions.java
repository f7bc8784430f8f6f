package io.limitledger.audit;

import io.limitledger.core.event.LimitAdopted;
import io.limitledger.core.event.LimitEvent;
import io.limitledger.core.event.LimitLeaving;
import io.limitledger.core.event.PartAdopted;
import io.limitledger.core.state.Bucket;
import io.limitledger.core.state.Definition;
import io.limitledger.core.state.Lease;
import io.limitledger.core.state.Limit;
import io.limitledger.topics.LedgerTopics;
import io.limitledger.wire.EventRecord;
import io.limitledger.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Limits that were renamed: what arrived under the new name must be what left under the old one, once. The two are events of
 * different partitions, so they are compared when all partitions were read.
 */
final class Adoptions {
    private final Map<Passage, Load> left = new HashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<UUID, Arrival> arriving = new HashMap<>();
    private final Map<Integer, Long> ends = new HashMap<>();

    /** One move of a limit; the number of its moves distinguishes it from others of the same limit. */
    private record Passage(UUID limitId, String from, String to, long moves) {}

    /**
     * What a limit has with it.
     *
     * @param leases sum over the leases, which come in any number of parts
     */
    private record Load(Definition definition, Bucket bucket, long leases) {}

    private static final class Arrival {
        private final Passage passage;
        private final Limit limit;
        private final int partition;
        private final long offset;
        private long leases;
        private boolean isWhole;

        Arrival(Passage passage, Limit limit, ConsumerRecord<byte[], byte[]> record) {
            this.passage = passage;
            this.limit = limit;
            this.partition = record.partition();
            this.offset = record.offset();
        }
    }

    /** An event that was just applied. */
    void see(LimitEvent event, ConsumerRecord<byte[], byte[]> record, Fold fold) {
        Limit limit = fold.state().limit(event.limit());
        if (limit == null || fold.isBroken(event.limit())) {
            return;
        }
        if (event.fact() instanceof LimitLeaving leaving) {
            Passage passage = new Passage(limit.id(), event.limit(), leaving.newName(), limit.moves() + 1);
            long leases = sum(fold.state().leases(event.limit()));
            left.putIfAbsent(passage, new Load(limit.definition(), limit.bucket(), leases));
        } else if (event.fact() instanceof LimitAdopted adopted) {
            Passage passage = new Passage(limit.id(), adopted.from(), event.limit(), limit.moves());
            Arrival arrival = new Arrival(passage, adopted.limit().limit(), record);
            arrivals.add(arrival);
            arriving.put(limit.id(), arrival);
            arrived(arrival, adopted.leases(), limit);
        } else if (event.fact() instanceof PartAdopted part) {
            Arrival arrival = arriving.get(limit.id());
            if (arrival != null) {
                arrived(arrival, part.leases(), limit);
            }
        }
    }

    private static void arrived(Arrival arrival, List<Lease> leases, Limit limit) {
        arrival.leases += sum(leases);
        arrival.isWhole = limit.move() == null;
    }

    private static long sum(Iterable<Lease> leases) {
        long sum = 0;
        for (Lease lease : leases) {
            UUID id = lease.leaseId();
            long mixed = id.getMostSignificantBits() * 31 + id.getLeastSignificantBits();
            sum += (mixed ^ (mixed >>> 29)) * 0x9E3779B97F4A7C15L
                    + Objects.hashCode(lease.claim().owner()) * 0xC2B2AE3D27D4EB4FL
                    + lease.takenMicros() * 31
                    + lease.slots();
        }
        return sum;
    }

    /** The offset behind the last event that was read of a partition. */
    void read(int partition, long end) {
        ends.put(partition, end);
    }

    void end(AuditedLog log, Findings findings) {
        for (Arrival arrival : arrivals) {
            Load load = left.remove(arrival.passage);
            String flaw = load == null ? missing(arrival, log) : flaw(arrival, load);
            if (flaw != null) {
                findings.add(new Finding(
                        Finding.Kind.FORGED,
                        LedgerTopics.EVENTS,
                        arrival.partition,
                        arrival.offset,
                        arrival.passage.to(),
                        flaw));
            }
        }
    }

    private static @Nullable String flaw(Arrival arrival, Load load) {
        boolean isSame = arrival.limit.definition().equals(load.definition())
                && arrival.limit.bucket().equals(load.bucket())
                && (!arrival.isWhole || arrival.leases == load.leases());
        return isSame
                ? null
                : "What arrived from limit '" + arrival.passage.from()
                        + "' is not what left there: its definition, its slots or its leases differ";
    }

    /** It may have left after the partition was read. Then it is enough that it has. */
    private @Nullable String missing(Arrival arrival, AuditedLog log) {
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            Iterator<ConsumerRecord<byte[], byte[]>> later = log.events(end.getKey(), end.getValue());
            while (later.hasNext()) {
                if (isLeaving(later.next(), arrival.passage)) {
                    return null;
                }
            }
        }
        return "This limit arrived from limit '" + arrival.passage.from()
                + "', but no event says that it left there, or it arrived from there twice";
    }

    private static boolean isLeaving(ConsumerRecord<byte[], byte[]> record, Passage passage) {
        try {
            LimitEvent event = EventRecord.read(record).event();
            return event.limit().equals(passage.from())
                    && event.fact() instanceof LimitLeaving leaving
                    && passage.to().equals(leaving.newName());
        } catch (UnreadableRecordException e) {
            return false;
        }
    }
}
