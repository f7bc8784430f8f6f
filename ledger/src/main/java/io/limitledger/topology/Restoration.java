package io.limitledger.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far the live state of the partitions taken over has been read back from its changelog. Safe for use by many threads. */
public final class Restoration implements StateRestoreListener {
    private final StateRestoreListener next;
    private final Map<TopicPartition, Reading> reading = new ConcurrentHashMap<>();

    private record Reading(long records, long read) {}

    /** @param next is told all the same */
    Restoration(StateRestoreListener next) {
        this.next = next;
    }

    /** Records that are to be read, of all partitions under way. */
    public long records() {
        return reading.values().stream().mapToLong(Reading::records).sum();
    }

    /** How many of them have been read. */
    public long read() {
        return reading.values().stream().mapToLong(Reading::read).sum();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
        reading.put(changelog, new Reading(end - start, 0));
        next.onRestoreStart(changelog, store, start, end);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long restored) {
        reading.computeIfPresent(
                changelog, (partition, before) -> new Reading(before.records(), before.read() + restored));
        next.onBatchRestored(changelog, store, batchEnd, restored);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long restored) {
        reading.remove(changelog);
        next.onRestoreEnd(changelog, store, restored);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long restored) {
        reading.remove(changelog);
        next.onRestoreSuspended(changelog, store, restored);
    }
}
