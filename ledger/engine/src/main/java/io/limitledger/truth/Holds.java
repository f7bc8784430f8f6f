package io.limitledger.truth;

import io.limitledger.topics.LedgerTopics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Partitions of commands that must not be read, and places from which others are read. Each belongs to the thread that
 * began with the partition last.
 */
final class Holds {
    private final Map<Integer, Held> held = new ConcurrentHashMap<>();
    private final Map<Integer, Place> places = new ConcurrentHashMap<>();

    private record Held(String reason, Thread owner) {}

    private record Place(long offset, Thread owner) {}

    /** A thread begins with a partition: what was before is over. */
    void begin(int partition) {
        held.remove(partition);
        places.remove(partition);
    }

    void hold(int partition, String reason) {
        held.put(partition, new Held(reason, Thread.currentThread()));
    }

    /** From the next poll on the partition is read from there. */
    void readFrom(int partition, long offset) {
        places.put(partition, new Place(offset, Thread.currentThread()));
    }

    /** This thread has nothing to do with the partition any more. */
    void end(int partition) {
        held.computeIfPresent(partition, (key, one) -> isOwn(one.owner()) ? null : one);
        places.computeIfPresent(partition, (key, one) -> isOwn(one.owner()) ? null : one);
    }

    boolean isHeld(int partition) {
        return held.containsKey(partition);
    }

    /** Why, by partition. */
    Map<Integer, String> reasons() {
        Map<Integer, String> reasons = new TreeMap<>();
        held.forEach((partition, one) -> reasons.put(partition, one.reason()));
        return reasons;
    }

    /** To be called before each poll, since Streams resumes what it thinks it has room for. */
    void apply(Consumer<byte[], byte[]> consumer) {
        if (held.isEmpty() && places.isEmpty()) {
            return;
        }
        for (TopicPartition partition : consumer.assignment()) {
            if (partition.topic().equals(LedgerTopics.COMMANDS)) {
                apply(consumer, partition);
            }
        }
    }

    private void apply(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        if (isHeld(partition.partition())) {
            consumer.pause(List.of(partition));
        }
        Place place = places.get(partition.partition());
        if (place != null && isOwn(place.owner())) {
            places.remove(partition.partition());
            consumer.seek(partition, place.offset());
        }
    }

    private static boolean isOwn(@Nullable Thread owner) {
        return owner == Thread.currentThread();
    }
}
